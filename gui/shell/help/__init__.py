"""The help: all keys, what Chainstep is, and the report of a problem."""
