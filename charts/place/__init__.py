"""Drawings of one place."""
