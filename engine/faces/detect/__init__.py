"""Where faces are: landmarks, boxes, and the second look."""
