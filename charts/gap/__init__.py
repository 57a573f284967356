"""Drawings of the gap."""
