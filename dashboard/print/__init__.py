"""What is saved or printed from the dashboard."""
