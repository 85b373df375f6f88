"""Work sheets from the window: options, a preview, print and PDF."""
