"""Pictures, video sources and fonts."""
