"""An unknown file looked at: a proposed mapping, its reasons, and the first rows as they would come out."""
