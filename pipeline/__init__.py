"""Numbers: from the publishers' files to the tables that the screens read."""
