"""What all tests share: the same examples for everybody, or new ones where they are asked for."""

import signal

from hypothesis import settings

# What a shell starts in the background does not hear Ctrl+C, nor would the programs under test.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples each time and everywhere: a test that fails, fails for everybody.
settings.register_profile(
    "chainstep", deadline=None, max_examples=50, database=None, derandomize=True
)
# For whoever looks for findings: `python3 run.py test --explore`, which sets the seed.
settings.register_profile("explore", deadline=None, max_examples=100, database=None)
settings.load_profile("chainstep")
