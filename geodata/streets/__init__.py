"""Streets: the network, which street a point belongs to, and how far one walks along them."""
