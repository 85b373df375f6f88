"""What is printed: work sheets with their answers, and lessons as booklets."""
