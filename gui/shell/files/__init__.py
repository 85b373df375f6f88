"""Experiments, tables, pictures and programs as files, with their dialogs."""
