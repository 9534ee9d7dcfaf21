"""Whom mail about a step or a role reaches, and why it comes to them and to nobody else."""

from collections.abc import Callable

from automation.core.measures.progress import Progress
from automation.core.people.holders import Holder, Holding, Roster
from automation.core.reminders.notices import Person, Recipient
from automation.core.schema import ReminderPolicy, Sop
from automation.core.words.ways import Way


class Reach:
    """People who can be written to in some way; else their superiors."""

    def __init__(self, progress: Progress, roster: Roster, sop: Sop) -> None:
        self._progress, self._roster, self._sop = progress, roster, sop

    def holders(self, index: int) -> tuple[Recipient, ...]:
        """Who is told of the current step of the case at `index`; nobody for a finished case."""
        step = int(self._progress.cases["step"].iat[index])
        if not step:
            return ()
        return self._reached(self._progress.holding(index), self._sop.steps[step - 1].role)

    def of_role(self, role: str) -> tuple[Recipient, ...]:
        return self._reached(self._roster.of_role(role), role)

    def superiors(
        self, role: str, fits: Callable[[Recipient], bool] = lambda each: True
    ) -> tuple[Recipient, ...]:
        """The nearest above the role of whom somebody fits; nobody above the head of office."""
        for below in (role, *self._sop.superiors(role)):
            people = (_recipient(each, "") for each in self._roster.superiors(below))
            if found := tuple(filter(fits, people)):
                return found
        return ()

    def is_listed(self, way: Way) -> bool:
        """Whether it stands in `Petugas` now."""
        return way in self._roster.ways

    def unreached(self, policy: ReminderPolicy) -> tuple[str, ...]:
        """A sentence on the roles for which nobody at all can be written to, if there are any."""
        roles = [step.role for step in self._sop.required]
        missing = self._roster.unreached([*roles, policy.keeper_role, policy.head_role])
        if not missing:
            return ()
        return (
            f"Tidak seorang pun dapat dihubungi untuk jabatan {'; '.join(missing)}, juga "
            "tidak atasannya; pengingatnya tidak sampai. Perbaiki tab Petugas.",
        )

    def _reached(self, holding: Holding, role: str) -> tuple[Recipient, ...]:
        reason = _why_them(holding, role)
        return tuple(_recipient(each, reason) for each in self._roster.reached(holding, role))


def _recipient(holder: Holder, reason: str) -> Recipient:
    """By the way that is preferred of those by which the holder can be written to."""
    person = Person(holder.name, holder.ways[0], holder.role)
    return Recipient(person, holder.on_behalf_of, reason)


def _why_them(holding: Holding, role: str) -> str:
    """Why others than the first choice hear of it; "" where they do not."""
    out_of_reach = [holder.name for holder in holding.holders if not holder.reachable]
    if out_of_reach:
        why = f"Alamat {', '.join(out_of_reach)} pada tab Petugas tidak dapat digunakan"
    elif holding.passed_up and holding.gap == "nobody_active":
        why = f"Tidak ada petugas aktif dengan jabatan {role}"
    elif holding.passed_up:
        why = "Pemegangnya sedang cuti tanpa pengganti yang hadir"
    else:
        return ""
    return f"{why}; karena itu hal ini disampaikan kepada Bapak/Ibu."
