"""Every gradient written out by the chain rule, and what that costs in multiplications."""
