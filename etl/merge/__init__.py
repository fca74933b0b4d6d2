"""Records of one event: found, scored and linked, so that it counts once."""
