"""The tab 리뷰 감성."""
