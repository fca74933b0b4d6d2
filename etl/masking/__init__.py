"""What points to a person is taken out at the door."""
