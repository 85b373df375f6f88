"""What a class sees: chain, formula and timeline in large type, and nothing else."""
