"""What the tab shows of a camera or video, live."""
