"""The tabs of the window, one file each with the panels that it arranges beside it."""
