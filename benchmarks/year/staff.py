"""What staff do with a case: work it step by step, stamp late, forget, mistype, correct, reopen."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from math import exp
from random import Random

from automation.core.schema import Step
from benchmarks.year.world import ONE_DAY, PEOPLE, START, Desk, Edit

REGISTER, PAUSES = "Register", "Jeda"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
ARCHIVED_AFTER = timedelta(weeks=6)  # a finished case leaves the register
USUAL, SPREAD, LONG = 0.62, 0.75, 0.06  # of a step: median share of its standard, spread, tail
DISPOSED_TO = ("Bayu Prasetyo", "Sri Lestari", "Agus Santoso", "Hendra Wijaya")
# How often, out of all cases or of all steps.
FED, DISPOSED, BOUNCED, PAUSED, WITHDRAWN, REFUSED, REOPENED = (
    0.5,
    0.4,
    0.04,
    0.06,
    0.02,
    0.04,
    0.04,
)
FORGOTTEN, MISTYPED, CORRECTED = 0.03, 0.012, 0.04


class Case:
    """One case's life, as the edits that it leaves."""

    def __init__(self, desk: Desk, serial: int, received: datetime, rng: Random) -> None:
        self.desk, self.received, self.rng = desk, received, rng
        self.kind = rng.choice(desk.schema.sop.kinds)
        month = ROMAN[received.month - 1]
        self.number = f"{serial:04}/{self.kind.code}/{month}/{received.year}"
        self.done = received  # when the latest step was truly done
        self.typed = received  # when the register was last written to
        self.edits: list[Edit] = []

    def happens(self, chance: float) -> bool:
        return self.rng.random() < chance

    def live(self) -> list[Edit]:
        """Every edit of the case, in order of time."""
        steps = self.desk.schema.sop.steps
        last = self.rng.randint(1, 5) if self.happens(WITHDRAWN) else len(steps)
        self._work(steps[:last])
        if last < len(steps):
            self._write(self._soon(self.done, 30, 600), {"Keputusan": "Dicabut"})
        elif self.happens(REOPENED):
            self._reopen(steps)
        self._write(self.typed + ARCHIVED_AFTER, None)
        return self._from_the_row_on()

    def _work(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if step.follows_disposition and step.name == "Jawaban":
                self._wait_for_applicant()
            self.done = self._finished(step)
            if self.happens(FORGOTTEN) and step is not steps[-1]:
                continue
            self._stamp(step, self._typing_time(self.done))
            if step.name == "Disposisi" and self.happens(DISPOSED):
                self._dispose()
            if step.name == "Jawaban" and self.happens(0.5):
                refused = self.happens(REFUSED)
                self._write(self.typed, {"Keputusan": "Ditolak" if refused else "Dikabulkan"})

    def _finished(self, step: Step) -> datetime:
        """When the step is done; nobody at the desk makes it longer, or it waits for them."""
        minutes = step.standard_minutes * USUAL * exp(self.rng.gauss(0, SPREAD))
        if self.happens(LONG):
            minutes *= self.rng.uniform(4, 40)
        holders = [name for name, role, _ in PEOPLE if role == step.role]
        if all(self.desk.is_away(name, self.done.date()) for name in holders):
            if self.happens(0.15):
                return self.desk.later(self.desk.back(holders[0], self.done), minutes)
            minutes *= 2
        return self.desk.later(self.done, max(1.0, minutes))

    def _typing_time(self, done: datetime) -> datetime:
        """Most stamp at once; some hours later, a few on the next day or the one after."""
        chance = self.rng.random()
        late = 0 if chance < 0.78 else self.rng.uniform(40, 240)
        if chance > 0.94:
            late = self.rng.uniform(300, 900)
        return self.desk.later(done, late + self.rng.randint(0, 4))

    def _stamp(self, step: Step, typed: datetime) -> None:
        if self.happens(MISTYPED):
            wrong = self.rng.choice(("31/02/2026 08.15", "kemarin", f"{self.done:%d/%m} jam 9"))
            self._write(typed, {step.header: wrong})
            typed = self._soon(typed, 60, 900)
        self._write(typed, {step.header: self.done})
        if self.happens(CORRECTED):
            better = max(self.received, self.done - timedelta(minutes=self.rng.randint(1, 9)))
            self._write(self._soon(typed, 30, 700), {step.header: better})

    def _dispose(self) -> None:
        first, second = self.rng.sample(DISPOSED_TO, 2)
        self._write(self.typed, {"Disposisi Kepada": first})
        if self.happens(BOUNCED / DISPOSED):
            there = self._soon(self.typed, 20, 200)
            back = self._soon(there, 20, 300)
            self._write(there, {"Disposisi Kepada": second})
            self._write(back, {"Disposisi Kepada": first})
            self.done = self.desk.later(back, 30)

    def _wait_for_applicant(self) -> None:
        """A pause in the answer, its end typed at once or when it has come."""
        if not self.happens(PAUSED):
            return
        start = self._soon(self.done, 5, 50)
        end = self._soon(start, 400, 4000)
        row = {"No. Register": self.number, "Mulai": start, "Alasan": "Menunggu kelengkapan berkas"}
        if self.happens(0.5):
            self.edits.append(Edit(start, PAUSES, self.number, row | {"Selesai": None}))
            self.edits.append(Edit(end, PAUSES, self.number, {"Selesai": end}))
        else:
            self.edits.append(Edit(start, PAUSES, self.number, row | {"Selesai": end}))
        self.done = end

    def _reopen(self, steps: Sequence[Step]) -> None:
        """Days or weeks after the end the last stamps are cleared, and the work is done anew."""
        at = self._soon(self.typed, 60, 450 * 20)
        again = steps[-self.rng.randint(1, 3) :]
        self._write(at, {step.header: None for step in again})
        self.done = at
        self._work(again)

    def _soon(self, at: datetime, least: float, most: float) -> datetime:
        return self.desk.later(at, self.rng.uniform(least, most))

    def _write(self, at: datetime, cells: dict[str, object] | None) -> None:
        self.typed = max(self.typed, at)
        self.edits.append(Edit(at, REGISTER, self.number, cells))

    def _from_the_row_on(self) -> list[Edit]:
        """The row comes from the website at once, or with the first stamp."""
        edits = sorted(self.edits, key=lambda edit: edit.at)
        fed = self.happens(FED)
        row = {
            "No. Register": self.number,
            "Diterima": self.received,
            "Saluran": "Website" if fed else self.rng.choice(("Surat", "Kotak Saran", "Surel")),
            "Jenis": self.kind.name,
            "Nama Pemohon": f"Pemohon {self.number}",
            "Perihal": f"Perihal {self.number}",
        }
        begins = self.received if fed else edits[0].at
        gone = [edit for edit in edits if edit.cells is None]
        return [Edit(begins, REGISTER, self.number, row), *edits, *self._pause_gone(gone)]

    def _pause_gone(self, gone: Sequence[Edit]) -> Iterator[Edit]:
        yield from (Edit(edit.at, PAUSES, self.number, None) for edit in gone)


def case_edits(desk: Desk, received: Sequence[datetime], seed: int) -> Iterator[Edit]:
    """The lives of all cases, one after the other."""
    yield _of_the_year_before(desk)
    over = datetime.combine(START, datetime.min.time()) + desk.days * ONE_DAY
    for place, at in enumerate(received):
        case = Case(desk, place + 1, at, Random(f"{seed}|{place}"))
        yield from (edit for edit in case.live() if edit.at < over)


def _of_the_year_before(desk: Desk) -> Edit:
    """A case that was withdrawn in December: few registers begin on 1 January."""
    kind, day = desk.schema.sop.kinds[0], datetime(START.year - 1, 12, 1, 9)
    number = f"0999/{kind.code}/XII/{day.year}"
    row = {
        "No. Register": number,
        "Diterima": day,
        "Saluran": "Surat",
        "Jenis": kind.name,
        "Nama Pemohon": "Pemohon",
        "Perihal": "Perihal",
        "Keputusan": "Dicabut",
    }
    return Edit(datetime.combine(START - ONE_DAY, datetime.min.time()), REGISTER, number, row)
