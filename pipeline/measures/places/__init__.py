"""Single authorities: ranks, similar places, building blocks."""
