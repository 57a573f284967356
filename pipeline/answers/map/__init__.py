"""Maps: one row for each area, and where classes are cut."""
