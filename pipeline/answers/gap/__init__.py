"""The gap: one question, its answer, its past and where it is heading."""
