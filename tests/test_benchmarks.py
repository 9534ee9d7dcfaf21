"""docs/benchmarks.md names every benchmark, and the pages that lead there do."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "benchmarks.md").read_text("utf-8")


def benchmarks() -> list[str]:
    """What `python -m` runs, by its module."""
    files = sorted((ROOT / "benchmarks").rglob("*.py"))
    run = [file for file in files if "__main__" in (file.stem, *_guards(file))]
    names = [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in run]
    return [name.removesuffix(".__main__") for name in names]


def _guards(file: Path) -> list[str]:
    return re.findall(r'^if __name__ == "(\w+)"', file.read_text("utf-8"), re.MULTILINE)


def test_there_are_benchmarks() -> None:
    assert {"benchmarks.cycle", "benchmarks.year", "benchmarks.offices"} <= set(benchmarks())


@pytest.mark.parametrize("name", benchmarks())
def test_the_page_has_a_part_for_each_benchmark_and_says_what_it_does_not_say(name: str) -> None:
    parts = [part for part in PAGE.split("\n## ")[1:] if f"`{name}`" in part.splitlines()[0]]
    assert len(parts) == 1
    assert "What it does not say:" in parts[0]
    assert name in "".join(re.findall(r"```\n(.*?)```", parts[0], re.DOTALL)) or "make " in parts[0]


def test_no_benchmark_on_the_page_is_gone() -> None:
    titles = re.findall(r"^## .*$", PAGE, re.MULTILINE)
    assert sorted(re.findall(r"`(benchmarks[\w.]+)`", "\n".join(titles))) == benchmarks()


@pytest.mark.parametrize("page", ["README.md", "docs/CONTRIBUTING.md"])
def test_whoever_looks_for_the_figures_finds_the_page(page: str) -> None:
    assert "benchmarks.md)" in (ROOT / page).read_text("utf-8")
