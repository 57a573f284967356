"""Statistics of a health gap: pure functions that know nothing of files, screens or charts."""
