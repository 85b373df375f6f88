"""The code panel: the training as a program."""
