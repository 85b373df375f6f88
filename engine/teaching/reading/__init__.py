"""How a lesson file is read: its tables, fields and texts, and where each stands."""
