"""The rows of the Register: who asks for what, and how the office answers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import cycle, product

from automation.demo.courses import Course
from automation.demo.numbers import is_yearly, register_number
from automation.demo.office import Row
from automation.demo.setting import Setting

Stamps = Sequence[datetime | None]


def case_rows(setting: Setting, courses: Sequence[Course], stamped: Sequence[Stamps]) -> list[Row]:
    """One row for each course, in their order; `stamped` has the steps' stamps of each."""
    applicants = _applicants(setting)
    entered = [
        {
            **_entry(setting, course, next(applicants)),
            **_handling(setting, course, stamps),
            **_ending(setting, course, stamps),
        }
        for course, stamps in zip(courses, stamped, strict=True)
    ]
    kinds = [str(row["kind"]) for row in entered]
    numbers = _numbers(setting, [course.received for course in courses], kinds)
    return [{"number": number, **row} for number, row in zip(numbers, entered, strict=True)]


def _applicants(setting: Setting) -> Iterator[str]:
    """Endless names, none again before all others have come."""
    facts = setting.facts.applicants
    names = [f"{given} {second}" for given, second in product(facts.given, facts.second)]
    setting.rng.shuffle(names)
    return cycle(names)


def _entry(setting: Setting, course: Course, applicant: str) -> Row:
    """What is known of a case when it comes in."""
    kind, channel = setting.pick(setting.facts.kinds), _channel(setting, course.received)
    subjects = setting.facts.subjects
    subject = setting.rng.choice(subjects.by_kind[kind])
    return {
        "received": course.received,
        "channel": channel,
        "kind": kind,
        "applicant": applicant,
        "contact": _contact(setting, channel, applicant),
        "subject": subject.format(kapanewon=setting.rng.choice(subjects.kapanewon)),
    }


def _channel(setting: Setting, received: datetime) -> str:
    channels = setting.facts.channels
    if setting.calendar.is_working(received):
        return setting.pick(channels.weights)
    return setting.pick({name: channels.weights[name] for name in channels.at_any_hour})


def _contact(setting: Setting, channel: str, applicant: str) -> str:
    facts, rng = setting.facts.applicants, setting.rng
    if channel in setting.facts.channels.by_mail:
        return f"{applicant.lower().replace(' ', '.')}@{rng.choice(facts.mail_domains)}"
    return f"{rng.choice(facts.phone_prefixes)}0000{rng.randrange(10_000):04}"


def _handling(setting: Setting, course: Course, stamps: Stamps) -> Row:
    steps = {step.key: stamp for step, stamp in zip(setting.sop.steps, stamps, strict=True)}
    disposed = stamps[setting.place(setting.facts.disposition.step)]
    return {**steps, "disposition": course.disposed_to if disposed else None}


def _ending(setting: Setting, course: Course, stamps: Stamps) -> Row:
    endings = setting.facts.endings
    if not (course.withdrawn or stamps[setting.sop.required[-1].number - 1]):
        return {}
    decision = endings.withdrawn if course.withdrawn else setting.pick(endings.decisions)
    return {
        "decision": decision or None,
        "remarks": setting.rng.choice(endings.remarks[decision]) or None,
    }


def _numbers(setting: Setting, receipts: Sequence[datetime], kinds: Sequence[str]) -> Iterator[str]:
    """Register numbers, from 1 on in each year."""
    yearly = is_yearly(setting.sop)
    serials: Counter[int] = Counter()
    for received, kind in zip(receipts, kinds, strict=True):
        year = received.year if yearly else 0
        serials[year] += 1
        yield register_number(setting.sop, serials[year], received, kind)
