"""The rows of the Register: who asks for what, and how the office answers."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import cycle, product

from automation.demo.courses import Course
from automation.demo.office import Row
from automation.demo.setting import Setting

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")

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
    if not (course.withdrawn or stamps[-1]):
        return {}
    decision = endings.withdrawn if course.withdrawn else setting.pick(endings.decisions)
    return {
        "decision": decision,
        "remarks": setting.rng.choice(endings.remarks[decision]) or None,
    }


def _numbers(setting: Setting, receipts: Sequence[datetime], kinds: Sequence[str]) -> Iterator[str]:
    """Register numbers, from 0001 on in each year."""
    codes = {kind.name: kind.code for kind in setting.sop.kinds}
    serials: Counter[int] = Counter()
    for received, kind in zip(receipts, kinds, strict=True):
        serials[received.year] += 1
        month = ROMAN_MONTHS[received.month - 1]
        yield f"{serials[received.year]:04}/{codes[kind]}/{month}/{received.year}"
