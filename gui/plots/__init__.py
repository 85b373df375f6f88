"""The plots of the run: loss, weights, outputs."""
