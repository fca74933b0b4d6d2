"""From the words that people use for a place to the place: entries, grammar, candidates, resolution."""
