"""The Levers screen."""
