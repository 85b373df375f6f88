"""Presentations to a class: the window that fills a screen, and what is done in it."""
