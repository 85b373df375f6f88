"""What the terms, symbols and steps are called, and what they mean. No Qt."""
