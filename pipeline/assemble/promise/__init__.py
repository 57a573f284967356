"""The promise from every side: every reading of it, what to look for next, and what would have been said before."""
