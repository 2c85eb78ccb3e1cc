"""What every training uses: registration, tracking, weights in fewer bits."""
