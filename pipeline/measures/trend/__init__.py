"""Trends of overlapping periods: pace, forecast and detection."""
