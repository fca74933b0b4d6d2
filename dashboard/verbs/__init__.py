"""Verbs of the console script, one a file; what a verb needs is imported when it runs."""
