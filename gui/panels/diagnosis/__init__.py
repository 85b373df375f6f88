"""The diagnosis panel: what happens in the run, with the numbers that prove it."""
