"""Training: an experiment becomes a run (`train`), by loops that are written out or compiled."""
