"""The map: its colours, its tiles and their routes, what travels to the browser, and the TypeScript."""
