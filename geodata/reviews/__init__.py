"""Traffic-environment reviews: what is looked at, what was found, and what is to be done about it."""
