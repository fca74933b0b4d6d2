"""The only floor that reads the world's files: from an inbox to a published snapshot."""
