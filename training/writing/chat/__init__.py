"""The small talk."""
