"""The small Korean encoder."""
