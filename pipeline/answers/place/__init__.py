"""One place: its figures, its rank, and places like it."""
