"""The expression model."""
