"""Models that read Korean text."""
