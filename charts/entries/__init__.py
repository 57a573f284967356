"""The catalogue's entries, one module for each screen: from tables and a view to a chart."""
