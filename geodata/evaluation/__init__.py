"""Did the map catch what came next: measures, walking forward in time, methods side by side."""
