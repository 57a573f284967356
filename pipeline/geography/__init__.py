"""Boundaries, tiles, and codes that ONS has replaced."""
