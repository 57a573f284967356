"""Drawings about deprivation."""
