"""Services over the network: what they say is saved in the inbox, and imported as any other file."""
