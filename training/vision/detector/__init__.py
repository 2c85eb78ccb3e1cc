"""A detector of faces with their expression, for comparison."""
