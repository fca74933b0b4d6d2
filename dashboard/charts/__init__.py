"""Plotly figures and drawn images, with one theme."""
