"""The top floor: what people see and press; the only one that imports dash, plotly and folium."""
