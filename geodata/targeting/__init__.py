"""Where and when the hours that there are should be spent."""
