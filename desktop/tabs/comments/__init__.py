"""The tab SNS 댓글."""
