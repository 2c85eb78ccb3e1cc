"""The tab 학습."""
