"""What every screen shares: the menu, the controls, the figures it reads, and how a chart is shown."""
