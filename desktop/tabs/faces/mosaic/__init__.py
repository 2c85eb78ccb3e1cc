"""What the tab shows of faces hidden."""
