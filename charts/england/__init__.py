"""Drawings of England as a whole: who holds the shortfall, when in life healthy years went, what was promised."""
