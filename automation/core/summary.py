"""The figures for the head of office: how many, how late, where it gets stuck."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from automation.core.deadlines import Deadlines
from automation.core.memory import Memory
from automation.core.progress import Progress
from automation.core.register import Register
from automation.core.schema import Schema
from automation.core.statuses import FINISHED, OPEN
from automation.core.validation import Finding, counted, filled_in_afterwards

MONTHS_SHOWN = 12
OLDEST_SHOWN = 10


@dataclass(frozen=True)
class Totals:
    """Counts of cases. `compliance` is on_time of finished, None where nothing is finished."""

    cases: int
    open: int
    overdue: int
    finished: int
    on_time: int
    invalid: int

    @property
    def compliance(self) -> float | None:
        return self.on_time / self.finished if self.finished else None


@dataclass(frozen=True)
class Quality:
    """How clean the register is."""

    errors: int
    warnings: int
    unmeasurable: int  # intervals without a figure
    afterwards: int  # cases whose steps were stamped within a minute of each other
    entered_late: int  # stamps that appeared long after the time they claim
    changed: int  # stamps that were changed or removed lately


@dataclass(frozen=True)
class Summary:
    """All figures at `now`.

    `steps`, `holders`: step or holder, measured, kept, compliance, median and longest (seconds),
    excess (seconds over the standard, summed), waiting, overdue. `months`: month (first day),
    received, finished, on_time, compliance. `oldest`: open cases, oldest first, as in
    `Progress.cases` with their index. `legal`: unmet deadlines passed or within a week.
    """

    now: datetime
    totals: Totals
    quality: Quality
    measured_steps: int
    kept_steps: int
    steps: pd.DataFrame
    holders: pd.DataFrame
    months: pd.DataFrame
    oldest: pd.DataFrame
    legal: pd.DataFrame

    @property
    def bottleneck(self) -> "pd.Series[object] | None":
        """The step that lost the most time over its standard, None where none lost any."""
        if self.steps["excess"].sum() == 0:
            return None
        return self.steps.loc[self.steps["excess"].idxmax()]


def summarise(
    register: Register,
    progress: Progress,
    deadlines: Deadlines,
    findings: Sequence[Finding],
    memory: Memory,
    schema: Schema,
    now: datetime,
) -> Summary:
    steps = _intervals(progress, schema, register.staff.frame["name"])
    cases = progress.cases
    is_open = cases["status"].isin(OPEN)
    return Summary(
        now=now,
        totals=totals(progress),
        quality=_quality(register, progress, findings, memory, schema),
        measured_steps=int(steps["measured"].sum()),
        kept_steps=int(steps["kept"].sum()),
        steps=_grouped(steps, "step", [step.header for step in schema.sop.steps]),
        holders=_grouped(steps, "holder", sorted(steps["holder"].unique())),
        months=_months(cases, now),
        oldest=cases[is_open].sort_values("received", kind="stable").head(OLDEST_SHOWN),
        legal=deadlines.nearest().query("left <= 7").sort_values("due", kind="stable"),
    )


def totals(progress: Progress) -> Totals:
    """The counts of `status --json`."""
    count = progress.cases["status"].value_counts().to_dict()
    return Totals(
        cases=len(progress.cases),
        open=sum(count.get(status, 0) for status in OPEN),
        overdue=count.get("overdue", 0),
        finished=sum(count.get(status, 0) for status in FINISHED),
        on_time=count.get("on_time", 0),
        invalid=count.get("invalid", 0),
    )


def _quality(
    register: Register,
    progress: Progress,
    findings: Sequence[Finding],
    memory: Memory,
    schema: Schema,
) -> Quality:
    return Quality(
        errors=counted(findings, "error"),
        warnings=counted(findings, "warning"),
        unmeasurable=int(progress.intervals.unmeasurable.sum()),
        afterwards=len(filled_in_afterwards(register, schema)),
        entered_late=sum(len(case.afterwards) for case in memory.values()),
        changed=sum(finding.rule in ("stamp_changed", "stamp_removed") for finding in findings),
    )


def _intervals(progress: Progress, schema: Schema, names: "pd.Series[str]") -> pd.DataFrame:
    """One row for each stamped or current step; its holder is one of `names`, or the role."""
    parts = []
    cases, intervals = progress.cases, progress.intervals
    for place, step in enumerate(schema.sop.steps):
        current = (cases["step"] == step.number) & cases["status"].isin(OPEN)
        elapsed = intervals.elapsed[:, place]
        part = pd.DataFrame(
            {
                "step": step.header,
                "holder": step.role,
                "elapsed": elapsed,
                "measured": ~np.isnan(elapsed),
                "kept": elapsed <= intervals.standard[:, place],
                "excess": np.fmax(elapsed - intervals.standard[:, place], 0),
                "waiting": current,
                "overdue": current & (cases["status"] == "overdue"),
            }
        )
        if step.follows_disposition:
            named = cases["disposition"].isin(names)
            part.loc[named, "holder"] = cases.loc[named, "disposition"]
        parts.append(part[part["measured"] | part["waiting"]])
    return pd.concat(parts, ignore_index=True)


def _grouped(steps: pd.DataFrame, by: str, order: Sequence[str]) -> pd.DataFrame:
    grouped = steps.groupby(by)
    figures = grouped[["measured", "kept", "excess", "waiting", "overdue"]].sum()
    figures["median"] = grouped["elapsed"].median()
    figures["longest"] = grouped["elapsed"].max()
    figures["compliance"] = figures["kept"] / figures["measured"].where(figures["measured"] > 0)
    figures = figures.reindex(order)
    counts = ["measured", "kept", "excess", "waiting", "overdue"]
    figures[counts] = figures[counts].fillna(0)
    return figures.rename_axis(by).reset_index()


def _months(cases: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """The last twelve months, the present one last."""
    this_month = pd.Period(now, freq="M")
    months = pd.period_range(end=this_month, periods=MONTHS_SHOWN, freq="M")
    in_month: Callable[[pd.Series], pd.Series] = lambda instants: (  # noqa: E731
        instants.dt.to_period("M").value_counts().reindex(months, fill_value=0)
    )
    finished = cases["status"].isin(FINISHED)
    figures = pd.DataFrame(
        {
            "received": in_month(cases["received"]),
            "finished": in_month(cases.loc[finished, "finished_at"]),
            "on_time": in_month(cases.loc[cases["status"] == "on_time", "finished_at"]),
        }
    )
    figures["compliance"] = figures["on_time"] / figures["finished"].where(figures["finished"] > 0)
    figures["month"] = months.to_timestamp()
    started = figures["received"].cumsum() + figures["finished"].cumsum() > 0
    return figures[started].reset_index(drop=True)
