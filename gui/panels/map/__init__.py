"""The map panel: every pixel is one complete training, coloured by its result."""
