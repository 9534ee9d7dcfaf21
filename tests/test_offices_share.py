"""Which offices are one machine's: all of them are somebody's, and none is two machines'."""

import random

import pytest

from automation.offices.share import VARIABLES, WHOLE, share
from automation.settings import SettingsError


def environment(pair: tuple[str, str], index: object, count: object) -> dict[str, str]:
    return {pair[0]: str(index), pair[1]: str(count), "PATH": "/bin"}


def test_where_nobody_counts_all_offices_are_this_machine_s() -> None:
    assert share({"PATH": "/bin"}) == WHOLE
    assert WHOLE.of(["b", "a"]) == ["a", "b"]


def test_each_machine_takes_every_nth_office_in_the_order_of_their_names() -> None:
    names = ["gunungkidul", "bantul", "sleman", "kulonprogo", "yogyakarta"]
    found = [share(environment(VARIABLES[0], index, 2)).of(names) for index in range(2)]
    assert found == [["bantul", "kulonprogo", "yogyakarta"], ["gunungkidul", "sleman"]]


@pytest.mark.parametrize("pair", VARIABLES)
@pytest.mark.parametrize("seed", range(20))
def test_together_the_machines_forget_no_office_and_take_none_twice(
    pair: tuple[str, str], seed: int
) -> None:
    random.seed(seed)
    names = [f"kantor {place}" for place in random.sample(range(10_000), random.randint(1, 400))]
    count = random.randint(1, 40)
    shares = [share(environment(pair, index, count)).of(names) for index in range(count)]
    taken = [name for each in shares for name in each]
    assert sorted(taken) == sorted(names)
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("pair", VARIABLES)
@pytest.mark.parametrize(
    ("index", "count"),
    [(2, 2), (0, 0), (-1, 2), ("x", 2), ("", 2), ("1.0", 2), ("1", ""), ("٣", 4), (" 1", 2),
     ("1\n", 2), (1, "9" * 99)],
)  # fmt: skip
def test_a_share_that_cannot_be_is_refused_in_one_sentence(
    pair: tuple[str, str], index: object, count: object
) -> None:
    with pytest.raises(SettingsError) as refused:
        share(environment(pair, index, count))
    assert str(refused.value).isprintable()
    assert str(refused.value).startswith(pair)


@pytest.mark.parametrize("pair", VARIABLES)
@pytest.mark.parametrize("told", [0, 1])
def test_an_index_without_its_count_is_refused_and_so_is_the_count_alone(
    pair: tuple[str, str], told: int
) -> None:
    with pytest.raises(SettingsError, match=f"{pair[1 - told]} belum diisi"):
        share({pair[told]: "1"})


def test_two_who_count_are_refused() -> None:
    both = {**environment(VARIABLES[0], 0, 2), **environment(VARIABLES[1], 0, 2)}
    with pytest.raises(SettingsError, match="sama-sama terisi"):
        share(both)
