"""Faces hidden in pictures, folders and videos."""
