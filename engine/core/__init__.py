"""What everything stands on: errors, progress, paths, files, state, privacy; no models."""
