"""Practice: the field in the formula line where a result is predicted, and its verdict."""
