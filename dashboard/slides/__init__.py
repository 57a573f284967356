"""The Slides screen."""
