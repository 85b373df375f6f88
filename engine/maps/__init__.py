"""Maps over two numbers of an experiment: the trainability map, and the loss surface."""
