"""What is kept: snapshots of observations and layers, and the register that people write in."""
