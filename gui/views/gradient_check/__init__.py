"""The parts of the gradient check: its ε, its rows, its curves."""
