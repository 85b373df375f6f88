"""What the window is made of around its subjects: start, docks, menus, files, help, settings."""
