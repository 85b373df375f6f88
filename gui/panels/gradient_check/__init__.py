"""The gradient check: each gradient beside its central difference."""
