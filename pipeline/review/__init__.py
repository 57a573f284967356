"""What new figures change, before they are accepted."""
