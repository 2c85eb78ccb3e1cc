"""The tab 대화."""
