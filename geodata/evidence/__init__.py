"""What the three streams say of a place: against what is expected there, and how surely."""
