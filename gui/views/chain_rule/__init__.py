"""The parts of the chain-rule panel."""
