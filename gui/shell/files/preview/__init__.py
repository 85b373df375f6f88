"""The dialog before a table is taken: what was understood of it."""
