"""gui.widgets.memo: work is done where something is another, and only there."""

from dataclasses import dataclass

from gui.widgets.memo import Memo


@dataclass(frozen=True)
class Picture:
    text: str


def test_the_same_again_is_no_work() -> None:
    memo = Memo[tuple[Picture, int]]()
    assert memo.value is None
    drawn = [memo.renew((Picture(text), 1)) for text in ("a", "a", "b", "b", "a")]
    assert drawn == [True, False, True, False, True]
    assert memo.value == (Picture("a"), 1)


def test_what_counts_as_nothing_is_a_value_too() -> None:
    for empty in ((), "", 0, False):
        memo = Memo[object]()
        assert memo.renew(empty)
        assert not memo.renew(empty)
