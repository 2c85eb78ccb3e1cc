"""The review models."""
