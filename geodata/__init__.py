"""What the product knows of place and time, and how it computes."""
