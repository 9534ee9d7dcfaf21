"""Who holds a step: by role or disposition, with leave and substitutes; and who hears of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from automation.core.office_time.slips import LONGEST_LEAVE, lasts_longer
from automation.core.people.duty import is_on_duty
from automation.core.register.register import Entries
from automation.core.schema import Sop, Step, Tab
from automation.core.words.addresses import EMAIL_ONLY
from automation.core.words.texts import folded
from automation.core.words.ways import Way, Ways

# What a name does not hold: an address, or the digits of a telephone number or of papers.
_NO_NAME = re.compile(r"@|(?:\d\D*){6}")


@dataclass(frozen=True)
class Holder:
    name: str
    ways: tuple[Way, ...]  # in which they can be written to, the preferred one first
    role: str  # of the person's own
    on_behalf_of: str = ""  # the absent person whom they stand in for

    @property
    def reachable(self) -> bool:
        return bool(self.ways)


@dataclass(frozen=True)
class Holding:
    """Who holds something together. `gap` says why the first choice was not to be had."""

    holders: tuple[Holder, ...]
    gap: str = ""  # "", "nobody_active", "all_on_leave" or "substitute_loop"
    passed_up: bool = False  # went to a superior role


@dataclass(frozen=True)
class _Entry:
    """A row of `Petugas`."""

    person: str  # folded name
    holder: Holder
    on_duty: bool
    has_address: bool  # usable or not


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: what cannot is not repeated."""
    return _NO_NAME.search(text) is None


def _typed(tab: Tab, frame: pd.DataFrame) -> Iterator[tuple[tuple[str, str], ...]]:
    """(kind of way, address) of what each row holds, as typed."""
    kinds = tab.ways.values()
    for addresses in zip(*(frame[key] for key in tab.ways), strict=True):
        yield tuple((kind, each) for kind, each in zip(kinds, addresses, strict=True) if each)


class Roster:
    """The tab `Petugas` on one day. A person may have several rows, one for each role.

    Each row has its own addresses, one for each way. Where the person is meant and no role (a
    disposition, a substitute), the first row counts that can be written to.
    """

    def __init__(self, staff: Entries, sop: Sop, today: date, ways: Ways = EMAIL_ONLY) -> None:
        self._sop = sop
        self._roles = {role.name for role in sop.roles}
        frame = staff.frame[staff.frame["name"] != ""]
        day = pd.Timestamp(today)
        start, end = frame["leave_start"], frame["leave_end"]
        open_end = ~staff.filled["leave_end"].loc[frame.index]
        away = (start <= day) & ((day <= end) | open_end)
        away &= ~lasts_longer(start.to_numpy(), end.to_numpy(), LONGEST_LEAVE)
        self._away = set(frame.loc[away, "name"].map(folded))
        self._people: dict[str, Holder] = {}
        self._active: set[str] = set()
        self._of_role: dict[str, list[_Entry]] = {}
        self._substitute: dict[str, str] = {}
        for row, typed in zip(frame.itertuples(), _typed(staff.tab, frame), strict=True):
            usable = tuple(
                Way(kind, address.lower()) for kind, address in typed if ways[kind](address) is None
            )
            holder = Holder(self._shown(row), usable, row.role)
            on_duty = is_on_duty(row.active) is True
            self._enrol(_Entry(folded(row.name), holder, on_duty, bool(typed)))
            if row.substitute:
                self._substitute.setdefault(folded(row.name), folded(row.substitute))

    def _enrol(self, entry: _Entry) -> None:
        known, new = self._people.get(entry.person), entry.holder
        if known is not None:  # in one spelling throughout
            new = replace(new, name=known.name)
            entry = replace(entry, holder=new)
        gone = entry.person not in self._active and entry.on_duty
        if known is None or gone or (entry.on_duty and new.reachable and not known.reachable):
            self._people[entry.person] = new
        if entry.on_duty:
            self._active.add(entry.person)
        self._of_role.setdefault(new.role, []).append(entry)

    def _shown(self, row: "pd.Series[object]") -> str:
        """What the person is called; what is no name is not repeated."""
        if is_name(str(row.name)):
            return str(row.name)
        return str(row.role) if row.role in self._roles else f"petugas baris {row.row}"

    @property
    def ways(self) -> frozenset[Way]:
        """All that are listed and can be used."""
        entries = (entry for entries in self._of_role.values() for entry in entries)
        return frozenset(way for entry in entries for way in entry.holder.ways)

    def is_known(self, name: str) -> bool:
        return folded(name) in self._people

    def is_active(self, name: str) -> bool:
        return folded(name) in self._active

    def is_served(self, name: str) -> bool:
        """Whether the person is active, or has left and somebody stands in."""
        stand_in, _ = self._stand_in(folded(name), on_duty=False)
        return self.is_active(name) or stand_in is not None

    def of_role(self, role: str) -> Holding:
        """Everybody of the role together, or whom it passes up to."""
        return self._or_superior(role, self._of_role.get(role, []))

    def of_person(self, name: str) -> Holding | None:
        """The person or their substitute; None for somebody who has left without one."""
        if not self.is_served(name):
            return None
        return self._or_superior(self._people[folded(name)].role, self._entries(name))

    def step_holding(self, step: Step, disposition: str) -> Holding:
        """Who holds a step of a case with this disposition ("" = none)."""
        if step.follows_disposition and self.is_served(disposition):
            return self._or_superior(step.role, self._entries(disposition))
        return self.of_role(step.role)

    def superiors(self, role: str) -> tuple[Holder, ...]:
        """The nearest superior role with somebody who can be written to; nobody above the head."""
        for superior in self._sop.superiors(role):
            holders = self._present(self._of_role.get(superior, [])).holders
            reachable = tuple(holder for holder in holders if holder.reachable)
            if reachable:
                return reachable
        return ()

    def reached(self, holding: Holding, role: str) -> tuple[Holder, ...]:
        """Who can be written to of those who hold something of the role; else the superiors."""
        reachable = tuple(holder for holder in holding.holders if holder.reachable)
        return reachable or self.superiors(role)

    def unreached(self, roles: Iterable[str]) -> tuple[str, ...]:
        """The roles for which nobody at all can be written to, each once."""
        return tuple(
            role for role in dict.fromkeys(roles) if not self.reached(self.of_role(role), role)
        )

    def _entries(self, name: str) -> list[_Entry]:
        person = folded(name)
        return [_Entry(person, self._people[person], self.is_active(name), has_address=True)]

    def _or_superior(self, role: str, entries: list[_Entry]) -> Holding:
        holding = self._present(entries)
        if holding.holders or role not in self._roles:
            return holding
        return Holding(self.superiors(role), holding.gap, passed_up=True)

    def _present(self, entries: list[_Entry]) -> Holding:
        """Those who are there, or stand in for those who are not; each once."""
        found: dict[str, Holder] = {}
        gap = ""
        for entry in entries:
            present, trouble = self._stand_in(entry.person, entry.on_duty)
            if entry.on_duty:
                gap = gap or trouble
            if present is None:
                continue
            itself = present == entry.person and entry.on_duty
            holder = self._addressed(entry) if itself else self._people[present]
            known = found.get(present)
            if known is None or (itself and (known.on_behalf_of or not known.reachable)):
                absent = "" if itself else entry.holder.name
                found[present] = replace(holder, on_behalf_of=absent)
        return Holding(tuple(found.values()), gap if found or gap else "nobody_active")

    def _addressed(self, entry: _Entry) -> Holder:
        """Somebody in their own role; a row without any address borrows that of another row."""
        if entry.has_address:
            return entry.holder
        return replace(entry.holder, ways=self._people[entry.person].ways)

    def _stand_in(self, name: str, on_duty: bool) -> tuple[str | None, str]:
        """The first person along the chain of substitutes who is on duty and not on leave."""
        seen: list[str] = []
        while name in self._people:
            if name in seen:
                return None, "substitute_loop"
            seen.append(name)
            if on_duty and name not in self._away:
                return name, ""
            name = self._substitute.get(name, "")
            on_duty = name in self._active
        return None, "all_on_leave"
