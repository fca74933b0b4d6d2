"""Reports to print and hand on: what the pages say, set as tagged PDF or as one HTML file."""
