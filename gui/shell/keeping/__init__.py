"""Keeps work from being lost: what is open is saved beside the settings.

`keeper` decides when. `text` writes and reads what is kept (`gui/state/record.py`), `shelf` is the
folder in which every window has a session of its own, and in which all of them share one list of
recent experiments.
"""
