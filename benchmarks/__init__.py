"""Speed, size and steadiness, each measured as a ratio to something simple in the same run: `python -m benchmarks`."""
