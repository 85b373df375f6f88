"""Training: `train` makes a run from an experiment; its loops are written out or compiled."""
