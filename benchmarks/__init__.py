"""How fast Chainstep is, against what one would otherwise use: `python3 run.py bench`.

Everything that is compared is measured in one run, in turns, so that a busy machine slows all of
it; a figure is the median of several. `benchmarks.table` says what a row is, each other module
makes the rows of one subject.
"""
