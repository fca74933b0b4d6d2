"""The municipality's own folder: opened, filled, kept, locked, mended and forgotten."""
