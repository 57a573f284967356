"""Slopes and summary measures of inequality."""
