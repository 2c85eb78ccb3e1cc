"""Objects in a photo, and the detectors that find them."""
