"""Questions for other programs, written in the languages of the window. No Qt."""
