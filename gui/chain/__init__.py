"""The chain in the middle of the window: its picture without Qt, and the view that paints it."""
