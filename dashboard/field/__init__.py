"""What goes out to those who stand at the places, and what they write down there."""
