"""The window of Chainstep."""
