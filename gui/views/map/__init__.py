"""The parts of the map's panel."""
