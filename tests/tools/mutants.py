"""Do the tests notice? Small changes at random places, and which of them no test objects to.

    python -m tests.tools.mutants [--count N] [--seed S] [--seconds S] FILE...

Each change is made in a copy of the repository, one at a time: a comparison turned or moved by one
step, `and` for `or`, a condition dropped, a number moved by one, a sum for a difference. Then the
tests that reach its line run, the quickest first, until one fails; `reached` tells which those are
after one run of the whole suite. What passes is listed, to be judged by a person: either a test is
missing, or the change cannot be seen by anybody.
"""

import ast
import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.tools.reached import FOLDER, Reached, read

ROOT = Path(__file__).parent.parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"
)
NO_SUCH_TEST = b"ERROR: not found"  # the change gave a test another name: nothing was tried
NOT_LOADED = b"ERROR collecting"
HANGS = 600  # seconds; a change that makes the tests run longer was noticed
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.FloorDiv: ast.Mult,
}  # fmt: skip

Change = Callable[[], None]


@dataclass(frozen=True)
class Mutant:
    """One change: `place` is that of the node in a walk through the file's tree."""

    file: Path
    place: int
    line: int

    @property
    def room(self) -> str:
        return self.file.parent.as_posix()


def main() -> int:
    options = _options()
    files = [Path(file).resolve().relative_to(ROOT) for file in options.files]
    every = [mutant for file in files for mutant in _mutants(file)]
    chosen = Random(options.seed).sample(every, min(options.count, len(every)))
    with TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        reached = _recorded(copy, options.reached or Path(folder) / "reached")
        passed = list(_unnoticed(chosen, copy, reached, options.seconds))
    print(f"\n{len(chosen) - len(passed)} of {len(chosen)} changes were noticed; by room:")
    for room, of in sorted(Counter(mutant.room for mutant in chosen).items()):
        print(f"    {room}: {of - sum(mutant.room == room for mutant in passed)} of {of}")
    return int(bool(passed))


def _options() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.tools.mutants")
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0, help="of tests for one change")
    parser.add_argument("--reached", type=Path, help="a folder that keeps the run of the suite")
    parser.add_argument("files", nargs="+")
    return parser.parse_args()


def _recorded(copy: Path, folder: Path) -> Reached:
    """Which tests reach what, from the whole suite run once on the unchanged copy."""
    if not folder.exists():
        folder.mkdir(parents=True)
        print("The suite runs once, to see which tests reach which lines.", flush=True)
        options = ["-q", "-p", "tests.tools.reached"]
        environment = os.environ | {FOLDER: str(folder.resolve())}
        subprocess.run(
            [sys.executable, "-m", "pytest", *options], cwd=copy, env=environment, check=False
        )
    return read(folder)


def _mutants(file: Path) -> Iterator[Mutant]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    for place, node in enumerate(ast.walk(tree)):
        if _change(node) is not None:
            yield Mutant(file, place, _line(node))


def _line(node: ast.AST) -> int:
    return node.target.lineno if isinstance(node, ast.comprehension) else getattr(node, "lineno", 0)


def _unnoticed(
    mutants: Sequence[Mutant], copy: Path, reached: Reached, seconds: float
) -> Iterator[Mutant]:
    for count, mutant in enumerate(mutants, start=1):
        file = copy / mutant.file
        sound = file.read_text("utf-8")
        after, told = _changed(sound, mutant.place)
        file.write_text(after, "utf-8")
        tests = [*_affordable(reached, mutant, seconds)]
        noticed = bool(tests) and _fails(copy, tests)
        file.write_text(sound, "utf-8")
        print(f"{count}/{len(mutants)} {mutant.file}:{mutant.line}", end="")
        print(" noticed" if noticed else f" PASSED {len(tests)} tests\n{told}")
        sys.stdout.flush()
        if not noticed:
            yield mutant


def _affordable(reached: Reached, mutant: Mutant, seconds: float) -> Iterator[str]:
    """The quickest tests that reach the change, as many as run in so many seconds."""
    for test in reached.by(mutant.file, mutant.line):
        seconds -= reached.seconds.get(test, 0.0)
        if seconds < 0:
            return
        yield test


def _changed(source: str, place: int) -> tuple[str, str]:
    """The whole file with a node changed, and the lines that differ."""
    tree = ast.parse(source)
    before = ast.unparse(tree)
    node = next(node for count, node in enumerate(ast.walk(tree)) if count == place)
    change = _change(node)
    assert change is not None
    change()
    after = ast.unparse(tree)
    lines = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return after, "\n".join(f"    {line}" for line in lines if line[:2] not in ("--", "++", "@@"))


def _change(node: ast.AST) -> Change | None:
    """What to do to a node; None for one that is left as it is."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in COMPARISONS:
            return lambda: node.ops.__setitem__(0, COMPARISONS[type(operator)]())
        case ast.BoolOp():
            return lambda: setattr(node, "values", node.values[:1])
        case ast.BinOp() if type(node.op) in OPERATORS and not _is_text(node):
            return lambda: setattr(node, "op", OPERATORS[type(node.op)]())
        case ast.UnaryOp(op=ast.Not() | ast.Invert() | ast.USub()):
            return lambda: setattr(node, "op", ast.UAdd() if _is_minus(node) else _twice(node))
        case ast.Constant(value=bool()):
            return lambda: setattr(node, "value", not node.value)
        case ast.Constant(value=int()):
            return lambda: setattr(node, "value", int(str(node.value)) + 1)
        case ast.IfExp() | ast.If():
            return lambda: setattr(node, "test", ast.Constant(value=True))
        case ast.comprehension(ifs=[_, *_]):
            return lambda: node.ifs.clear()
    return None


def _is_text(node: ast.BinOp) -> bool:
    return any(isinstance(part, ast.JoinedStr | ast.Constant) and isinstance(
        getattr(part, "value", ""), str) for part in (node.left, node.right))  # fmt: skip


def _is_minus(node: ast.UnaryOp) -> bool:
    return isinstance(node.op, ast.USub)


def _twice(node: ast.UnaryOp) -> ast.unaryop:
    """An operator that undoes the node's own, laid over it once more."""
    node.operand = ast.UnaryOp(op=node.op, operand=node.operand)
    return node.op


def _fails(copy: Path, tests: Sequence[str]) -> bool:
    options = ["-x", "-q", "-p", "no:cacheprovider", "-n", "0"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=copy,
            capture_output=True,
            timeout=HANGS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    untried = NO_SUCH_TEST in done.stderr and NOT_LOADED not in done.stdout
    return done.returncode != 0 and not untried


if __name__ == "__main__":
    sys.exit(main())
