"""What the tab shows of a file of reviews."""
