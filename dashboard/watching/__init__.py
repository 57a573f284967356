"""What those who keep the dashboard running see of it: the log, and figures. Screens and server write into both."""
