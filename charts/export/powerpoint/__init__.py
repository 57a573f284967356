"""Charts as slides that PowerPoint can edit."""
