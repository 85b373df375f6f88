"""The panel of numbers: every value of this sample, and the history of all updates."""
