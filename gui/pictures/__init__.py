"""What is to be seen at a state, described without Qt: shapes, texts, inks and a sentence."""
