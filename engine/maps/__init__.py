"""Pictures of many trainings: the trainability map, and the loss over two weights."""
