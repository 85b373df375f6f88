"""What all tests share: one way of drawing examples."""

import os

from hypothesis import settings

# Where `CI` is set, the same examples each time: a finding of chance is for whoever looks for it.
settings.register_profile(
    "chainstep", deadline=None, max_examples=50, database=None, derandomize="CI" in os.environ
)
settings.load_profile("chainstep")
