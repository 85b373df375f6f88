"""The gradient check: gradients compared with central differences, and what follows from it."""

EPSILON = 1e-4
"""The ε of the article."""
