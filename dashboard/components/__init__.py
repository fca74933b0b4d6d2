"""Small pure builders: a view in, Dash components out."""
