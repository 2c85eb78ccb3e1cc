"""Photo -> labels -> the comment that it would get on social media."""
