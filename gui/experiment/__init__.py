"""The editor of the experiment: weights, training, data, and the answers."""
