"""The gradient check: gradients compared with central differences, and what follows from it."""
