"""The tab 표정."""
