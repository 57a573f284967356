"""Figures: pure functions of tables; they choose marks, words and colours, and compute nothing."""
