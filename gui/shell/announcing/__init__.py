"""What is said aloud when something happens that the user did not look for, as a step's result."""
