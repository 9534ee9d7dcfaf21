"""Rules about the people of the office: who is named, who holds a role, who stands in."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from automation.core.arrays import Bools
from automation.core.office_time.slips import LONGEST_LEAVE, lasts_longer
from automation.core.people.duty import is_on_duty
from automation.core.people.holders import is_name
from automation.core.validation.findings import Context, Hit, hits
from automation.core.validation.spans import days
from automation.core.words.texts import folded


def disposition_unknown(context: Context) -> Iterator[Hit]:
    """A case that is still to be worked on is disposed to somebody in the tab of the staff."""
    cases, roster = context.register.cases, context.roster
    names = cases.frame["disposition"]
    strangers = [name for name in names.unique() if name and not roster.is_known(name)]
    if "name" in context.register.staff.letters:
        unknown = names.isin(strangers) & _follows_disposition(context)
        yield from hits(cases, "disposition", unknown)


def disposition_inactive(context: Context) -> Iterator[Hit]:
    """A case that is still to be worked on is disposed to somebody active, or with a substitute."""
    cases, roster = context.register.cases, context.roster
    names = cases.frame["disposition"]
    left = [name for name in names.unique() if roster.is_known(name) and not roster.is_served(name)]
    return hits(cases, "disposition", names.isin(left) & _follows_disposition(context), name=names)


def address_malformed(context: Context) -> Iterator[Hit]:
    """The e-mail address of an active person is one that mail can be sent to."""
    return _unfit(context, "address_malformed")


def address_not_ascii(context: Context) -> Iterator[Hit]:
    """The e-mail address of an active person has no letter that only looks like a plain one."""
    return _unfit(context, "address_not_ascii")


def address_not_allowed(context: Context) -> Iterator[Hit]:
    """The e-mail address of an active person is one of the office's own."""
    return _unfit(context, "address_not_allowed")


def address_unusable(context: Context) -> Iterator[Hit]:
    """An address of an active person that is none of e-mail is one that its way can use."""
    return _unfit(context, "address_unusable")


def role_unknown(context: Context) -> Iterator[Hit]:
    """A role is one of the SOP."""
    staff = context.register.staff
    roles = staff.frame["role"]
    known = [role.name for role in context.schema.sop.roles]
    return hits(staff, "role", (roles != "") & ~roles.isin(known))


def active_unclear(context: Context) -> Iterator[Hit]:
    """Whether somebody is active is said in a way that cannot be misread."""
    staff = context.register.staff
    return hits(staff, "active", staff.frame["active"].map(is_on_duty).isna())


def name_malformed(context: Context) -> Iterator[Hit]:
    """A name holds no address, and no number of a telephone or of papers."""
    staff = context.register.staff
    return hits(staff, "name", ~staff.frame["name"].map(is_name).astype(bool))


def role_unattended(context: Context) -> Iterator[Hit]:
    """For each role that holds a step somebody can be written to, if only a superior."""
    staff, sop = context.register.staff, context.schema.sop
    if {"name", "role"} <= staff.letters.keys() and staff.tab.ways.keys() & staff.letters.keys():
        for role in context.roster.unreached(step.role for step in sop.required):
            yield Hit(staff.tab.title, values={"role": role})


def role_without_holder(context: Context) -> Iterator[Hit]:
    """Each role that holds a step has somebody active."""
    return _roles_passed_up(context, vacant=True)


def role_on_leave(context: Context) -> Iterator[Hit]:
    """Each role that holds a step has somebody who is there today, or a substitute."""
    return _roles_passed_up(context, vacant=False)


def person_doubled(context: Context) -> Iterator[Hit]:
    """A person stands once in each role."""
    staff = context.register.staff
    rows = staff.frame["row"].to_numpy()
    firsts: dict[tuple[str, str], int] = {}
    first_row = np.zeros(len(rows), dtype=np.int64)  # 0 = of no entry
    for place, (name, role) in enumerate(
        zip(staff.frame["name"], staff.frame["role"], strict=True)
    ):
        entry = folded(name), role
        if all(entry):
            first_row[place] = firsts.setdefault(entry, rows[place])
    return hits(staff, "name", (first_row > 0) & (first_row < rows), first_row=first_row)


def address_shared(context: Context) -> Iterator[Hit]:
    """An address belongs to one active person, who may have several roles."""
    staff = context.register.staff
    active = staff.frame[_active(context)]
    for key in staff.tab.ways:
        owners: dict[str, tuple[str, int]] = {}
        first_row = np.zeros(len(staff.frame), dtype=np.int64)  # 0 = of nobody else
        for place, name, row, address in zip(
            active.index, active["name"].map(folded), active["row"], active[key], strict=True
        ):
            owner, first = owners.setdefault(address.lower(), (name, row))
            if address and owner != name:
                first_row[place] = first
        yield from hits(staff, key, first_row > 0, first_row=first_row)


def substitute_unknown(context: Context) -> Iterator[Hit]:
    """A substitute is an active person of the tab of the staff."""
    staff = context.register.staff
    names = staff.frame["substitute"]
    strangers = [name for name in names.unique() if name and not context.roster.is_active(name)]
    return hits(staff, "substitute", names.isin(strangers))


def substitute_loop(context: Context) -> Iterator[Hit]:
    """People who are on leave today do not stand in for each other in a circle."""
    staff = context.register.staff
    return hits(staff, "substitute", _without_stand_in(context, "substitute_loop"))


def substitute_absent(context: Context) -> Iterator[Hit]:
    """Of the substitutes of a person on leave, and theirs, somebody is there today."""
    staff = context.register.staff
    substitutes = staff.frame["substitute"]
    named = substitutes.map(context.roster.is_active).astype(bool)
    return hits(staff, "substitute", named & _without_stand_in(context, "all_on_leave"))


def leave_reversed(context: Context) -> Iterator[Hit]:
    """Leave does not end before it starts."""
    staff = context.register.staff
    start, end = days(staff, "leave_start"), days(staff, "leave_end")
    return hits(staff, "leave_end", end < start, start=start, end=end)


def leave_too_long(context: Context) -> Iterator[Hit]:
    """No leave lasts longer than there is any; it may have no end yet."""
    staff = context.register.staff
    start, end = days(staff, "leave_start"), days(staff, "leave_end")
    too_long = lasts_longer(start, end, LONGEST_LEAVE)
    return hits(staff, "leave_end", too_long, start=start, end=end, limit=LONGEST_LEAVE.days)


def leave_without_start(context: Context) -> Iterator[Hit]:
    """Leave that has a last day has a first one."""
    staff = context.register.staff
    return hits(staff, "leave_start", staff.filled["leave_end"] & ~staff.filled["leave_start"])


def _follows_disposition(context: Context) -> Bools:
    """The cases in which a step that follows the disposition is still to be done."""
    cases, sop = context.register.cases, context.schema.sop
    open_steps = np.zeros(len(cases.frame), dtype=bool)
    for step, filled in zip(context.steps, context.stamps.filled.T, strict=True):
        follows = step.follows_disposition and not step.optional
        open_steps = (open_steps | follows) & ~filled
    closing = [decision.name for decision in sop.decisions if decision.closes == "at_once"]
    closed: Bools = cases.frame["decision"].isin(closing).to_numpy()
    return open_steps & ~closed


def _unfit(context: Context, rule: str) -> Iterator[Hit]:
    """The addresses of active people against which their way says this."""
    staff = context.register.staff
    for key, kind in staff.tab.ways.items():
        addresses = staff.frame[key].where(_active(context), "")
        found = {each: context.ways[kind](each) for each in addresses.unique() if each}
        for unfit in dict.fromkeys(filter(None, found.values())):
            if unfit.rule == rule:
                faulty = addresses.isin([each for each in found if found[each] == unfit])
                yield from hits(staff, key, faulty, reason=unfit.reason, **dict(unfit.facts))


def _active(context: Context) -> "pd.Series[bool]":
    """The rows of active people."""
    return context.register.staff.frame["name"].map(context.roster.is_active).astype(bool)


def _roles_passed_up(context: Context, vacant: bool) -> Iterator[Hit]:
    """The roles whose steps go to a superior."""
    staff = context.register.staff
    if not {"name", "role"} <= staff.letters.keys():
        return
    for role in dict.fromkeys(step.role for step in context.schema.sop.required):
        holding = context.roster.of_role(role)
        passed_up = holding.passed_up and bool(holding.holders)
        if passed_up and (holding.gap == "nobody_active") == vacant:
            yield Hit(staff.tab.title, values={"role": role})


def _without_stand_in(context: Context, gap: str) -> "pd.Series[bool]":
    """The rows of people on leave for whom nobody stands in, for this reason."""
    names = context.register.staff.frame["name"]
    holdings = {name: context.roster.of_person(name) for name in names.unique() if name}
    gone = [name for name, holding in holdings.items() if holding and holding.gap == gap]
    return names.isin(gone)
