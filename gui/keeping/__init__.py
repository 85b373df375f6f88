"""Keeps work from being lost: what is open is saved beside the settings. No Qt.

`record` says what is kept, `text` writes and reads it, `shelf` is the folder in which every window
has a session of its own, and in which all of them share one list of recent experiments.
"""
