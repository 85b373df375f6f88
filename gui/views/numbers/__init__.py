"""The parts of the panel of numbers."""
