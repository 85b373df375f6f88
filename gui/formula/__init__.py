"""The formula under the chain."""
