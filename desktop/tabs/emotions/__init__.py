"""The tab 글 감정."""
