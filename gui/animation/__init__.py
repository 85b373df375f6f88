"""The steps of a run as one file: an animation to look at, a hand-out to take home."""
