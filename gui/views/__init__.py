"""The views: each paints a description and sends back what the user wants."""
