"""Korean text: normalised, cut into features, encoded, analysed."""
