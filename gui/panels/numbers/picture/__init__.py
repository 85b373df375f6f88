"""The tables of the panel of numbers, described without Qt."""
