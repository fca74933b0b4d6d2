"""The picture of a period, what was chosen from it, and what a week holds against what is usual."""
