"""What stands on paper, as blocks; knows no Qt."""
