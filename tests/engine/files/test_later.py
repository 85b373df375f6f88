"""Files of a later version name the version that reads them."""

import json

import pytest

from engine import Experiment, UserError
from engine.files.experiment_file import from_json, to_json
from engine.teaching.lesson_file import from_text


def later(**fields: object) -> str:
    return json.dumps(json.loads(to_json(Experiment())) | {"version": 2} | fields)


def test_an_experiment_says_which_version_it_needs() -> None:
    with pytest.raises(UserError, match=r"^The file needs Chainstep 1\.4 or later\.$"):
        from_json(later(needs="1.4"))


@pytest.mark.parametrize("needs", [None, 2, "", "soon", "1" * 99, ["1.4"], "1.4\n"])
def test_what_is_no_version_is_not_repeated(needs: object) -> None:
    with pytest.raises(UserError, match=r"reads version 1\.$"):
        from_json(later(needs=needs))


def test_in_a_file_that_can_be_read_it_is_a_field_too_much() -> None:
    with pytest.raises(UserError, match="needs"):
        from_json(later(needs="1.4", version=1))


def test_a_lesson_says_it_too() -> None:
    with pytest.raises(UserError, match=r"The file needs Chainstep 2\.0\.1 or later\."):
        from_text('format = "chainstep lesson"\nversion = 2\nneeds = "2.0.1"\n')
