"""Models by name: listed, found, verified, loaded once, fetched when asked for."""
