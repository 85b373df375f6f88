"""The parts of the loss-surface panel."""
