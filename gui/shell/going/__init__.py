"""Run → Go to…: a place by its numbers, or by what happens there."""
