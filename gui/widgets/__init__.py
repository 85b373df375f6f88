"""Small controls that several views share."""
