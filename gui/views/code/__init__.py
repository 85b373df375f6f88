"""The parts of the code panel."""
