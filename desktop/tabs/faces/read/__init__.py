"""What the tab shows of one picture."""
