"""Work is never lost: what is open is kept beside the settings while it changes. No Qt.

`record` says what is kept, `text` writes and reads it, `shelf` is the folder in which every window
has a session of its own, and in which all of them share one list of what was open lately.
"""
