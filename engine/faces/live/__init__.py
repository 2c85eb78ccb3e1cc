"""Faces over time: who is who, and what each person shows."""
