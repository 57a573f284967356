"""From the publishers to data/raw: fetch, read, check, write, and what is held."""
