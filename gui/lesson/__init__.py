"""A lesson beside the chain: what it says and asks, how it is judged, and how it is steered."""
