"""Files: experiments, tables of samples, and writing that cannot lose the old file."""
