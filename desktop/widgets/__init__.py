"""Widgets that all tabs share, one a file; each file's docstring shows its use."""
