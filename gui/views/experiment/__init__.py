"""The sections of the experiment's editor."""
