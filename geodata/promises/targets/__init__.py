"""What a promised activity is to reach: one kind of target a file."""
