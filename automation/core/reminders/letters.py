"""Which of all that could be said is mailed now: one letter in the morning, news during the day.

    07.30  first run of the working day: who has something open gets one letter with all of it
    08.10  a step becomes theirs: waits a quarter of an hour, in which it may well be done
    08.25  it is not: told, with whatever else has come
    08.30  another one: waits until 08.45
    08.50  a step is late: waits until 09.45, an hour after the last mail

The quiet alone bounds the day. It delays what there is to say and never drops it: what was not told
is still true, or else is not worth telling.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from automation.core.reminders.notices import (
    MORNING,
    NOWHERE,
    Letter,
    Notice,
    Person,
    Told,
    turn_of,
    turn_place,
)
from automation.core.reminders.situation import Candidate
from automation.core.reminders.stages import STAGE, URGENCY
from automation.core.schema import ReminderPolicy, TurnPolicy

CALM = ("turn", "soon")  # nothing is late yet, and the morning letter has it anyway


def morning_key(now: datetime) -> str:
    return f"{MORNING}{now:%Y-%m-%d}"


def decide(
    found: Iterable[Candidate],
    policy: ReminderPolicy,
    told: Told,
    last_run: datetime | None,
    opened: datetime,
    now: datetime,
) -> tuple[Letter, ...]:
    """The letters of this run, one for each mailbox that is to hear something.

    `opened` is when the office opened today; `last_run` the run before this one, None = never.
    """
    first_run = (last_run is None or last_run < opened) and not _mailed_since(opened, told, now)
    pace = Pace(policy, last_run, now)
    letters = []
    for person, all_notices in _by_mailbox(found):
        notices = tuple(each for each in all_notices if not _is_over(person, each, told))
        if not notices:
            continue
        if _wants_morning_letter(person, notices, told, first_run, opened, now):
            letters.append(Letter(person, notices, morning=morning_key(now)))
            continue
        news, mailed = _news(person, notices, told), told.mailed.get(person.mark, ())
        if any(pace.is_ripe(notice, mailed) for notice in news):
            letters.append(Letter(person, news))  # and takes along what would wait still
    return tuple(letters)


def _mailed_since(opened: datetime, told: Told, now: datetime) -> bool:
    """Whether the program ran today, as mail tells where the summary does not."""
    return any(opened <= at <= now for times in told.mailed.values() for at in times)


def _by_mailbox(found: Iterable[Candidate]) -> list[tuple[Person, tuple[Notice, ...]]]:
    """What concerns each mailbox, each thing once, most urgent first."""
    people: dict[str, Person] = {}
    notices: dict[str, dict[str, Notice]] = {}
    for person, notice in found:
        people.setdefault(person.mailbox, person)
        notices.setdefault(person.mailbox, {}).setdefault(notice.key, notice)
    return [
        (person, tuple(sorted(notices[mailbox].values(), key=_urgency)))
        for mailbox, person in people.items()
    ]


def _urgency(notice: Notice) -> tuple[int, datetime, str]:
    return URGENCY.index(notice.stage), notice.due or datetime.max, notice.number


def _wants_morning_letter(
    person: Person,
    notices: Sequence[Notice],
    told: Told,
    first_run: bool,
    opened: datetime,
    now: datetime,
) -> bool:
    """In the first run, or as soon as it can be sent if it could not be sent then.

    Once others have had theirs, who had nothing to be told of then is told news only: a pause that
    ends or an escalation begins no second morning. The figures are due on every day.
    """
    if told.last_morning.get(person.mailbox, "") >= morning_key(now):
        return False
    if first_run or (person.mailbox, morning_key(now)) in told.unsent:
        return True
    morning_is_over = any(key >= morning_key(now) for key in told.last_morning.values())
    return any(
        notice.stage == "figures"
        or (notice.seen is not None and notice.seen < opened and not morning_is_over)
        for notice in notices
    )


def _news(person: Person, notices: Sequence[Notice], told: Told) -> tuple[Notice, ...]:
    return tuple(
        notice
        for notice in notices
        if STAGE[notice.stage].is_news and not _was_told(person, notice, told)
    )


def _is_over(person: Person, notice: Notice, told: Told) -> bool:
    """What is said once, and was."""
    return STAGE[notice.stage].is_once and _was_told(person, notice, told)


def _was_told(person: Person, notice: Notice, told: Told) -> bool:
    """Whatever was said of a turn at a later stage says the earlier ones as well."""
    if (person.mailbox, notice.key) in told.notices:
        return True
    place = turn_place(notice.key)
    return place is not None and place <= told.furthest.get(
        (person.mailbox, turn_of(notice.key)), NOWHERE
    )


@dataclass(frozen=True)
class Pace:
    """When a mail may go out for the sake of some news, given the person's last mails."""

    policy: ReminderPolicy
    last_run: datetime | None
    now: datetime

    def is_ripe(self, notice: Notice, mailed: Sequence[datetime]) -> bool:
        """Whether it has waited for itself, and the last mail is past."""
        busy = self.policy.busy if notice.stage in CALM and self._is_busy(mailed) else None
        if busy and self._any_within(busy.quiet_minutes, mailed):
            return False
        if notice.stage == "turn" and self.policy.turn:
            return self._is_ripe_turn(notice, mailed, self.policy.turn)
        overdue = self.policy.overdue if notice.stage == "overdue" else None
        since = [notice.late_since] if notice.late_since and self._watched else []
        waits = overdue is not None and self._any_within(overdue.wait_minutes, since)
        return not waits and not self._is_quiet(mailed)

    def _is_ripe_turn(self, notice: Notice, mailed: Sequence[datetime], turn: TurnPolicy) -> bool:
        """A shorter quiet is enough where the step would be late before the usual one is over."""
        seen = notice.seen or self.now
        wait = max(turn.quiet_minutes, turn.share * notice.standard_minutes)
        if self._watched and (notice.own or self._any_within(wait, [seen])):
            return False
        late = seen + timedelta(minutes=notice.standard_minutes)
        hurries = not self._is_busy(mailed) and any(
            at + timedelta(minutes=self.policy.quiet_minutes) > late for at in mailed
        )
        return not self._any_within(
            turn.quiet_minutes if hurries else self.policy.quiet_minutes, mailed
        )

    def _is_busy(self, mailed: Sequence[datetime]) -> bool:
        """Whether the day has brought so many mails that one more had better matter."""
        today = sum(at.date() == self.now.date() for at in mailed)
        return self.policy.busy is not None and today >= self.policy.busy.mails

    @property
    def _watched(self) -> bool:
        """Whether the run before this one was lately. Else what is new may be old: where the
        program runs seldom, or could not publish for a while, nothing waits for itself."""
        lately = timedelta(minutes=self.policy.quiet_minutes / 2)
        return self.last_run is not None and abs(self.now - self.last_run) <= lately

    def _is_quiet(self, mailed: Sequence[datetime]) -> bool:
        return self._any_within(self.policy.quiet_minutes, mailed)

    def _any_within(self, minutes: float, instants: Sequence[datetime]) -> bool:
        return any(self.now - timedelta(minutes=minutes) < at <= self.now for at in instants)
