"""Lessons: what their files may say, the values they ask for, and how an answer is judged."""
