"""An import of what changed: a large file read again leaves the lines that it has kept alone."""
