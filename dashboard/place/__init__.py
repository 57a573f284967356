"""The Place screen."""
