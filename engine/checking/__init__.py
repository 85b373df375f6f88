"""The gradient check: gradients against central differences, and what that proves."""
