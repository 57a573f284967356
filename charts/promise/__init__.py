"""Drawings of the promise: its readings, what to look for next, and what would have been said before."""
