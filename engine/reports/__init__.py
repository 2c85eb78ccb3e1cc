"""What a shipped model is worth on a labelled set: answers, figures, one HTML or PDF report."""
