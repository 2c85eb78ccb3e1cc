"""Models that write Korean."""
