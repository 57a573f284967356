"""Drawings of the building blocks of health."""
