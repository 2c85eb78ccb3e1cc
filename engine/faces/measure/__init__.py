"""What is measured on a face: features, eyes, gaze, a person's baseline."""
