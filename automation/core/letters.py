"""Which of all that could be said is mailed now: one letter in the morning, news during the day.

    07.30  first run of the working day: who has something open gets one letter with all of it
    08.10  a step becomes theirs: told at once, the last mail is more than a quarter of an hour old
    08.20  another one: waits until 08.25
    08.40  a step is late: waits until 09.25, an hour after the last mail, and takes along what
           came meanwhile

The quiet between two mails to a person alone bounds the day. It delays what there is to say and
never drops it: what was not told is still true, or else is not worth telling.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from automation.core.notices import (
    MORNING,
    NOWHERE,
    Letter,
    Notice,
    Person,
    Told,
    turn_of,
    turn_place,
)
from automation.core.reminders import Candidate
from automation.core.schema import Schema
from automation.core.stages import STAGE, URGENCY


def morning_key(now: datetime) -> str:
    return f"{MORNING}{now:%Y-%m-%d}"


def decide(
    found: Iterable[Candidate],
    schema: Schema,
    told: Told,
    last_run: datetime | None,
    opened: datetime,
    now: datetime,
) -> tuple[Letter, ...]:
    """The letters of this run, one for each mailbox that is to hear something.

    `opened` is when the office opened today; `last_run` the run before this one, None = never.
    """
    first_run = (last_run is None or last_run < opened) and not _mailed_since(opened, told, now)
    letters = []
    for person, notices in _by_mailbox(found):
        if _wants_morning_letter(person, notices, told, first_run, opened, now):
            letters.append(Letter(person, notices, morning=morning_key(now)))
            continue
        news, mailed = _news(person, notices, told), told.mailed.get(person.mark, ())
        if news and not is_quiet(mailed, _quiet(news, schema), now):
            letters.append(Letter(person, news))
    written_to = {letter.to.mark for letter in letters}
    return tuple(
        replace(letter, copies=_copies(letter, found, written_to, schema, told, now))
        for letter in letters
    )


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

    Who had nothing open when the day began is told news only. The figures are due on every day.
    """
    if told.last_morning.get(person.mailbox, "") >= morning_key(now):
        return False
    due = first_run or (person.mailbox, morning_key(now)) in told.unsent
    return due or any(
        notice.stage == "figures" or (notice.seen is not None and notice.seen < opened)
        for notice in notices
    )


def _news(person: Person, notices: Sequence[Notice], told: Told) -> tuple[Notice, ...]:
    return tuple(
        notice
        for notice in notices
        if STAGE[notice.stage].is_news and not _was_told(person, notice, told)
    )


def _was_told(person: Person, notice: Notice, told: Told) -> bool:
    """Whatever was said of a turn at a later stage says the earlier ones as well."""
    if (person.mailbox, notice.key) in told.notices:
        return True
    place = turn_place(notice.key)
    return place is not None and place <= told.furthest.get(
        (person.mailbox, turn_of(notice.key)), NOWHERE
    )


def _quiet(news: Sequence[Notice], schema: Schema) -> int:
    """How long the person's last mail must be past, in minutes by the clock."""
    policy = schema.reminders
    if policy.turn and any(notice.stage == "turn" for notice in news):
        return min(policy.turn.quiet_minutes, policy.quiet_minutes)
    return policy.quiet_minutes


def is_quiet(mailed: Sequence[datetime], minutes: int, now: datetime) -> bool:
    """Whether a mail went to this person so shortly ago that another would be a nuisance."""
    return any(now - timedelta(minutes=minutes) < at <= now for at in mailed)


def _copies(
    letter: Letter,
    found: Iterable[Candidate],
    written_to: Collection[str],
    schema: Schema,
    told: Told,
    now: datetime,
) -> tuple[Person, ...]:
    """The holders whose superior is told, unless they hear of it anyway or were just written to."""
    if any(notice.stage != "escalation" for notice in letter.notices):
        return ()
    turns = {turn_of(notice.key) for notice in letter.notices}
    holders = {
        person.mailbox: person
        for person, notice in found
        if notice.stage == "overdue" and turn_of(notice.key) in turns
    }
    return tuple(
        person
        for person in holders.values()
        if person.mark not in written_to
        and not is_quiet(told.mailed.get(person.mark, ()), schema.reminders.quiet_minutes, now)
    )
