"""Life tables, Sullivan's method, and what a difference is made of."""
