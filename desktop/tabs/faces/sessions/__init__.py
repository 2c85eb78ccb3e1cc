"""What the tab shows of sessions over time."""
