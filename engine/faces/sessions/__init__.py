"""A live view or a video as a timeline: recorded, analysed, kept, exported."""
