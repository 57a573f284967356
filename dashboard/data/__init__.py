"""The parts of the screen about data and methods, one module each."""
