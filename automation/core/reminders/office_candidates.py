"""What could be told of the office and its register, rather than of one case."""

from collections.abc import Iterator
from dataclasses import replace

from automation.core.reminders.notices import Notice, Recipient
from automation.core.reminders.situation import Candidate, Situation, to
from automation.core.reminders.stages import Stage
from automation.core.validation import counted
from automation.core.words.indonesian import number as decimal


def of_office(situation: Situation) -> Iterator[Candidate]:
    yield from _figures(situation)
    yield from _report(situation)
    yield from _register_errors(situation)
    yield from _undeliverable(situation)


def _figures(situation: Situation) -> Iterator[Candidate]:
    """How the office stands, to its head."""
    if situation.snapshot.schema.reminders.figures is None:
        return
    figures = situation.figures
    notice = replace(_about_register(figures.key, "figures"), figures=figures)
    for head in situation.reach.of_role(situation.snapshot.schema.reminders.head_role):
        yield to(head, notice)


def _report(situation: Situation) -> Iterator[Candidate]:
    """The page of the month that is over, to the head of office."""
    month = situation.report
    if month is None:
        return
    notice = replace(
        _about_register(f"report|{month.name}", "report"),
        text=f"{month.words}: satu halaman A4 (PDF). Mohon dicetak dan ditandatangani.",
        report=month,
    )
    for head in situation.reach.of_role(situation.snapshot.schema.reminders.head_role):
        yield to(head, notice)


def _register_errors(situation: Situation) -> Iterator[Candidate]:
    """The errors in the register, to its keepers."""
    policy = situation.snapshot.schema.reminders.findings
    errors = [finding for finding in situation.findings if finding.severity == "error"]
    if policy is None or not errors:
        return
    lines = [
        f"{finding.tab} {finding.cell}: {finding.message} {finding.suggestion}".replace("  ", " ")
        for finding in errors[: policy.listed]
    ]
    count = counted(errors, "error")
    if count > policy.listed:
        lines.append(f"dan {decimal(count - policy.listed)} temuan lain pada tab Temuan.")
    key = f"findings|{situation.figures.day.isoformat()}"
    notice = replace(_about_register(key, "findings"), text="\n".join(lines), count=count)
    for keeper in situation.reach.of_role(situation.snapshot.schema.reminders.keeper_role):
        yield to(keeper, notice)


def _undeliverable(situation: Situation) -> Iterator[Candidate]:
    """Addresses whose mail was given up, while they stand in `Petugas`: to the register's keepers,
    or upward to the next whose own mail was not."""
    policy, staff = situation.snapshot.schema.reminders, situation.snapshot.schema.tabs.staff
    reach = situation.reach
    headers = {kind: staff.column(key).header for key, kind in staff.ways.items()}
    failed = {failure.way for failure in situation.told.failures}

    def fits(recipient: Recipient) -> bool:
        return recipient.person.way not in failed

    keepers = [*filter(fits, reach.of_role(policy.keeper_role))]
    hearers = keepers or reach.superiors(policy.keeper_role, fits)
    for failure in situation.told.failures:
        if not reach.is_listed(failure.way):
            continue
        kind, address = failure.way
        notice = replace(
            _about_register(f"undeliverable|{failure.way}|{failure.at:%Y-%m-%d}", "findings"),
            text=f"{staff.title}: {kind} kepada {failure.name} ({address}) tidak dapat "
            f"disampaikan: {failure.reason}. Periksa alamat pada kolom {headers[kind]}.",
            count=1,
        )
        for recipient in hearers:
            yield to(recipient, notice)


def _about_register(key: str, stage: Stage) -> Notice:
    return Notice(
        key=key,
        stage=stage,
        number="",
        kind="",
        row=0,
        step="",
        standard_minutes=0,
        since=None,
        due=None,
        elapsed_seconds=0,
        holders=(),
    )
