"""Labelled sets, one module a task: which files there are, and what is an item of them."""
