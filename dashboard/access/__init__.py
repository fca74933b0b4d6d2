"""Who may look at what, and what the browser may load."""
