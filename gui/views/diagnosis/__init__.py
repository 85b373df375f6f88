"""The parts of the diagnosis panel."""
