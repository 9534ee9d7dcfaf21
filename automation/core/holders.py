"""Who holds a step: by role or disposition, with leave and substitutes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from automation.core.register import Table
from automation.core.schema import Sop, Step

INACTIVE = "Tidak"


@dataclass(frozen=True)
class Holder:
    name: str
    email: str  # as typed in `Petugas`; may be empty or wrong
    role: str  # of the person's own
    on_behalf_of: str = ""  # the person on leave whom they stand in for


@dataclass(frozen=True)
class Holding:
    """Who holds something together. `gap` says why the first choice was not to be had."""

    holders: tuple[Holder, ...]
    gap: str = ""  # "", "nobody_active", "all_on_leave" or "substitute_loop"
    passed_up: bool = False  # went to a superior role


class Roster:
    """The tab `Petugas` on one day. A person may have several rows, one for each role."""

    def __init__(self, staff: Table, sop: Sop, today: date) -> None:
        self._sop = sop
        frame = staff.frame[staff.frame["name"] != ""]
        day = pd.Timestamp(today)
        start, end = frame["leave_start"], frame["leave_end"]
        open_end = ~staff.filled["leave_end"].loc[frame.index]
        away = (start <= day) & ((day <= end) | open_end)
        self._away = set(frame.loc[away, "name"].map(same_name))
        self._people: dict[str, Holder] = {}
        self._of_role: dict[str, list[str]] = {}
        self._substitute: dict[str, str] = {}
        self._known = set(frame["name"].map(same_name))
        for row in frame[frame["active"] != INACTIVE].itertuples():
            name = same_name(row.name)
            known = self._people.setdefault(name, Holder(row.name, row.email, row.role))
            if not known.email:
                self._people[name] = replace(known, email=row.email)
            if row.substitute:
                self._substitute.setdefault(name, same_name(row.substitute))
            if name not in self._of_role.setdefault(row.role, []):
                self._of_role[row.role].append(name)

    def is_known(self, name: str) -> bool:
        return same_name(name) in self._known

    def is_active(self, name: str) -> bool:
        return same_name(name) in self._people

    def of_role(self, role: str) -> Holding:
        """Everybody active in the role together, or whom it passes up to."""
        return self._or_superior(role, self._of_role.get(role, []))

    def of_person(self, name: str) -> Holding | None:
        """The person or their substitute; None for somebody not active in `Petugas`."""
        if not self.is_active(name):
            return None
        return self._or_superior(self._people[same_name(name)].role, [same_name(name)])

    def step_holding(self, step: Step, disposition: str) -> Holding:
        """Who holds a step of a case with this disposition ("" = none)."""
        if step.follows_disposition and self.is_active(disposition):
            return self._or_superior(step.role, [same_name(disposition)])
        return self.of_role(step.role)

    def superiors(self, role: str) -> tuple[Holder, ...]:
        """The nearest superior role with somebody there; nobody above the head."""
        for superior in self._sop.superiors(role):
            holding = self._present(self._of_role.get(superior, []))
            if holding.holders:
                return holding.holders
        return ()

    def _or_superior(self, role: str, names: list[str]) -> Holding:
        holding = self._present(names)
        if holding.holders or role not in {each.name for each in self._sop.roles}:
            return holding
        return Holding(self.superiors(role), holding.gap, passed_up=True)

    def _present(self, names: list[str]) -> Holding:
        """Those of `names` who are there, or stand in for those who are not; each once."""
        found: dict[str, Holder] = {}
        gap = "" if names else "nobody_active"
        for name in names:
            present, trouble = self._stand_in(name)
            gap = gap or trouble
            if present is None:
                continue
            for_whom = "" if present == name else self._people[name].name
            if present not in found or not for_whom:
                found[present] = replace(self._people[present], on_behalf_of=for_whom)
        return Holding(tuple(found.values()), gap)

    def _stand_in(self, name: str) -> tuple[str | None, str]:
        """The first person along the chain of substitutes who is not on leave."""
        seen: list[str] = []
        for person in self._chain(name):
            if person in seen:
                return None, "substitute_loop"
            seen.append(person)
            if person not in self._away:
                return person, ""
        return None, "all_on_leave"

    def _chain(self, name: str) -> Iterator[str]:
        while name in self._people:
            yield name
            name = self._substitute.get(name, "")


def same_name(name: str) -> str:
    """A name as it is compared: without case, with single blanks."""
    return " ".join(name.split()).casefold()
