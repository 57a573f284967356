"""Commands for those who keep the project: what writes documents from the figures or from the code."""
