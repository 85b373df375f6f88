"""The panels on the right, a folder each. None knows another."""
