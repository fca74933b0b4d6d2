"""Did the map catch what came next, and did the work help: one method a file."""
