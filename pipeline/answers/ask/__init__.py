"""The door for analysts: a question from a shell, a notebook or another program, and its answer as figures or plain words."""
