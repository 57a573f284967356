"""What is asked of the processed tables: the same answers for screens, files and the command line."""
