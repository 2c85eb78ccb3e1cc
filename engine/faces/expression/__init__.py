"""From a face's crop and features to one of seven expressions."""
