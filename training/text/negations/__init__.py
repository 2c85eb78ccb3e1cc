"""Made-up reviews of denial, contrast and irony."""
