"""The tab 숫자."""
