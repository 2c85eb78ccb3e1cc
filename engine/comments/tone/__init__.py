"""A comment said in another tone."""
