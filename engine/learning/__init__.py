"""Personal heads: trained from corrections or labelled pictures, judged, kept, undone."""
