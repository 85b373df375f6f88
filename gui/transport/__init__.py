"""Moving through the run: the buttons, the speeds, and playing."""
