"""What could be read in two ways is settled for a whole file and said, or the file stops."""
