"""Korean grammar: syllables, conjugation, particles, counting."""
