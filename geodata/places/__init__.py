"""Places that are ranked and worked at: what they are, where they come from, which is which over time."""
