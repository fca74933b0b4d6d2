"""Promises made to residents: what was promised, what was done, and whether that is what was promised."""
