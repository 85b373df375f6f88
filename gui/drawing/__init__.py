"""What several subjects draw with: inks, axes, curves, grids. No Qt."""
