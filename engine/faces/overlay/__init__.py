"""What is laid over a picture of what was read in it, apart from who paints it."""
