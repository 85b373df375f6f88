"""Makes of Chainstep what one installs without Python: see README.md in this folder."""
