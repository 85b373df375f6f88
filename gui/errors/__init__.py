"""What happens at an unexpected exception. No exception leaves a function that Qt calls."""
