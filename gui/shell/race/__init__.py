"""Why backpropagation? Three ways to compute the same gradients race against each other."""
