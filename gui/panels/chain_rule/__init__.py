"""The chain-rule panel: every gradient written out in full, and what that costs."""
