"""The comment writer."""
