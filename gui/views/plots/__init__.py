"""What the view of the plots is made of."""
