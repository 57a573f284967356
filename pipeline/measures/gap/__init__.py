"""The gap: definitions, ends, path, floor and verdict."""
