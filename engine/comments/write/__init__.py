"""Comments for labels: candidates, what must not be said, the choice."""
