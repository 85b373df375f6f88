"""The loss surface over two of the weights, and the path of the run on it."""
