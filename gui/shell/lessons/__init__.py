"""Lessons in the window: their menu and keys, and the place where one stands."""
