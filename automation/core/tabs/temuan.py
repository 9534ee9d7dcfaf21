"""The tab `Temuan`: what is wrong in the register, the most serious first, and how to mend it.

The same mistake in several rows is one line, with its rows: whoever mends it goes through the
column once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from automation.core.drawing import Column, Condition, Sheet, Table, cell_name, wrapped_heights
from automation.core.schema import Schema, Severity
from automation.core.validation import Finding
from automation.core.words.indonesian import number
from automation.core.words.titles import TEMUAN

SEVERITY_WORDS: Mapping[Severity, str] = {
    "error": "Kesalahan",
    "warning": "Peringatan",
    "info": "Catatan",
}
LEVEL = "Tingkat"
CASES = "Berkas"  # hidden: the numbers that a line speaks of as "|0001/ADU/XI/2026|...|"
FEWEST = 3  # of a mistake that are told in one line
MOST_RUNS = 6  # of neighbouring rows that are named
MOST_DETAILS = 15  # rows told one by one in a note

# Where a cell of a staff tab is: (tab, cell name) -> link, None where the workbook has no links.
CellLink = Callable[[str, str], str | None]
Group = Sequence[Finding]  # of one mistake, in the order of their rows


def temuan(findings: Sequence[Finding], schema: Schema, cell_link: CellLink) -> Sheet:
    """`findings` in their order; a line with several stands where the first of them does."""
    groups = grouped(findings)
    firsts = [group[0] for group in groups]
    table = Table(
        [
            Column(LEVEL, [SEVERITY_WORDS[each.severity] for each in firsts], "text", 12),
            Column("Aturan", [schema.findings[each.rule].title for each in firsts], "wrap", 24),
            Column("Tab", [each.tab for each in firsts], "text", 10),
            Column("Kolom", [each.column or None for each in firsts], "wrap", 17),
            Column(
                "Sel",
                [each.cell or None for each in firsts],
                "text",
                8,
                links=[cell_link(each.tab, each.cell) for each in firsts],
            ),
            Column("Tempat", [place(group) for group in groups], "wrap", 22),
            Column("Jumlah", [_count(group) for group in groups], "count", 10),
            Column(
                "No. Register",
                [group[0].number or None if len(group) == 1 else None for group in groups],
                "plain",
                20,
            ),
            Column(
                "Temuan",
                [message(group) for group in groups],
                "wrap",
                48,
                notes=[details(group) for group in groups],
            ),
            Column("Saran Perbaikan", [suggestion(group) for group in groups], "wrap", 48),
            Column(CASES, [_cases(group) for group in groups], "plain", 8, hidden=True),
        ]
    )
    return Sheet(
        title=TEMUAN,
        tables=[table],
        heights=wrapped_heights(table),
        frozen_rows=1,
        filtered=True,
        conditions=_conditions(table),
        color="C0392B",
    )


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """Those of one rule in one column together, where there are enough of them."""
    alike: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_mistake(finding), []).append(finding)
    lines = {mistake for mistake, group in alike.items() if _count(group) >= FEWEST}
    groups: list[Group] = []
    for finding in findings:
        mistake = _mistake(finding)
        if mistake not in lines or not finding.row:
            groups.append([finding])
        elif finding is alike[mistake][0]:
            groups.append(alike[mistake])
    return groups


def _mistake(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.tab, finding.column


def _count(group: Group) -> int:
    return sum(finding.count for finding in group)


def place(group: Group) -> str | None:
    """ "baris 4, 7–9, 15 dan 23 lainnya"; None for a tab as a whole."""
    if not group[0].row:
        return None
    told = _spelled_out(group)
    rows = sorted({finding.row for finding in told})
    shown = list(islice(_runs(rows), MOST_RUNS))
    parts = [str(first) if first == last else f"{first}–{last}" for first, last in shown]
    more = len(rows) + _count(group) - len(told) - sum(last - first + 1 for first, last in shown)
    last_part = f"{number(more)} lainnya" if more > 0 else parts.pop()
    return f"baris {' dan '.join([', '.join(parts), last_part] if parts else [last_part])}"


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring rows as (first, last)."""
    first = last = rows[0]
    for row in rows[1:]:
        if row > last + 1:
            yield first, last
            first = row
        last = row
    yield first, last


def _spelled_out(group: Group) -> Group:
    """Without the one that counts those beyond what a rule spells out."""
    return [finding for finding in group if finding.count == 1] or group


def message(group: Group) -> str:
    """What all of them say; of different ones the first as an example."""
    return _in_common(group, [finding.message for finding in _spelled_out(group)])


def suggestion(group: Group) -> str:
    """Likewise."""
    return _in_common(group, [finding.suggestion for finding in _spelled_out(group)])


def details(group: Group) -> str | None:
    """What is said of each row, where it is not the same of all."""
    told = _spelled_out(group)
    if len({finding.message for finding in told}) < 2:
        return None
    lines = [f"Baris {finding.row}: {finding.message}" for finding in told[:MOST_DETAILS]]
    more = _count(group) - len(lines)
    return "\n".join([*lines, *[f"dan {number(more)} lainnya"] * (more > 0)])


def _in_common(group: Group, texts: Sequence[str]) -> str:
    alike = len(set(texts)) == 1
    return texts[0] if alike else f"Misalnya baris {group[0].row}: {texts[0]}"


def _cases(group: Group) -> str | None:
    numbers = dict.fromkeys(finding.number for finding in group if finding.number)
    return f"|{'|'.join(numbers)}|" if numbers else None


def _conditions(table: Table) -> list[Condition]:
    level = table.area(LEVEL)
    cell = "$" + cell_name(level.top, level.left)
    looks: Mapping[Severity, str] = {"error": "bad", "warning": "warn", "info": "off"}
    return [
        Condition(level, f'{cell}="{SEVERITY_WORDS[severity]}"', look)
        for severity, look in looks.items()
    ]
