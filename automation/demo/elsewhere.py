"""The facts of the sample for another office: its own roles, steps, kinds, channels and decisions.

What the office has under the same name stays; the people keep their names.
"""

from collections.abc import Iterable, Sequence
from itertools import cycle

from automation.core.schema import Sop
from automation.demo.facts import Colleague, Disposition, Endings, Facts, Scene, Weights

DOMAIN = "kantor.example.id"  # of RFC 2606
NEVER = 10**9  # one in so many
WAITED_FOR = "Menunggu kelengkapan berkas dari pemohon."


def fitted(facts: Facts, sop: Sop) -> Facts:
    """The facts as they are where they fit the SOP; else in its words."""
    if _fits(facts, sop):
        return facts
    kinds = {kind.name for kind in sop.kinds} or {""}
    channels = facts.channels
    weights = _weights(channels.weights, sop.channels)
    subjects = {name: facts.subjects.by_kind.get(name) or [_subject(name)] for name in kinds}
    return facts.model_copy(
        update={
            "staff": _staff(facts.staff, [role.name for role in sop.roles]),
            "kinds": _weights(facts.kinds, [kind.name for kind in sop.kinds]),
            "channels": channels.model_copy(
                update={
                    "weights": weights,
                    "at_any_hour": _of(channels.at_any_hour, weights) or tuple(weights),
                    "by_mail": _of(channels.by_mail, weights),
                }
            ),
            "subjects": facts.subjects.model_copy(update={"by_kind": subjects}),
            "pace": facts.pace.model_copy(update={"slow_days": (), "slow_people": ()}),
            "disposition": Disposition(step=_disposing(sop), to=facts.disposition.to),
            "endings": _endings(facts.endings, sop),
            "pauses": facts.pauses.model_copy(
                update={"step": sop.required[-1].name, "reasons": (WAITED_FOR,)}
            ),
            "open_cases": facts.open_cases.model_copy(
                update={"scenes": _scenes(facts.open_cases.scenes, sop)}
            ),
        }
    )


def _fits(facts: Facts, sop: Sop) -> bool:
    steps = {facts.disposition.step, facts.pauses.step, facts.endings.withdrawn_after}
    steps |= {each.step for each in facts.pace.slow_days}
    steps |= {each.step for each in facts.pace.slow_people}
    steps |= {scene.step for scene in facts.open_cases.scenes}
    decisions = {*facts.endings.decisions, facts.endings.withdrawn}
    return (
        steps <= {step.name for step in sop.required}
        and {each.role for each in facts.staff} == {role.name for role in sop.roles}
        and facts.kinds.keys() == {kind.name for kind in sop.kinds}
        and facts.channels.weights.keys() <= {*sop.channels}
        and decisions <= {decision.name for decision in sop.decisions}
    )


def _scenes(scenes: Sequence[Scene], sop: Sop) -> tuple[Scene, ...]:
    """Spread over the steps that every case needs."""
    spread = zip(scenes, cycle(sop.required), strict=False)
    return tuple(scene.model_copy(update={"step": step.name}) for scene, step in spread)


def _staff(staff: Sequence[Colleague], roles: Sequence[str]) -> tuple[Colleague, ...]:
    """Everybody in a role of this office, and somebody active in each."""
    there = tuple(
        each.model_copy(update={"role": role, "email": f"{each.email.partition('@')[0]}@{DOMAIN}"})
        for each, role in zip(staff, cycle(roles), strict=False)
    )
    active = [each for each in there if each.active == "Ya"]
    missing = [role for role in roles if role not in {each.role for each in active}]
    more = zip(missing, cycle(active), strict=False)
    return *there, *(each.model_copy(update={"role": role}) for role, each in more)


def _weights(usual: Weights, words: Iterable[str]) -> Weights:
    return {word: usual.get(word, 1) for word in words} or {"": 1}


def _of(names: Sequence[str], weights: Weights) -> tuple[str, ...]:
    return tuple(name for name in names if name in weights)


def _subject(kind: str) -> str:
    """With a place to be filled in; what the kind is called is no such place."""
    named = kind.replace("{", "{{").replace("}", "}}") or "Permohonan"
    return named + " untuk warga {kapanewon}"


def _disposing(sop: Sop) -> str:
    """The step before the first that follows the disposition."""
    follows = [step.number for step in sop.steps if step.follows_disposition and not step.optional]
    before = [step for step in sop.required if follows and step.number < follows[0]]
    return (before or sop.required)[-1 if before else 0].name


def _endings(endings: Endings, sop: Sop) -> Endings:
    """A case is withdrawn after the first step, where the SOP knows a decision for that."""
    finishing = [each.name for each in sop.decisions if each.closes != "at_once"]
    at_once = [each.name for each in sop.decisions if each.closes == "at_once"]
    withdrawn = [
        each.name for each in sop.decisions if each.closes == "at_once" and not each.needs_step
    ]
    names = [*finishing, *at_once, ""]
    return endings.model_copy(
        update={
            "decisions": _weights(endings.decisions, finishing),
            "withdrawn": (withdrawn or [""])[0],
            "withdrawn_one_in": (
                endings.withdrawn_one_in if withdrawn and len(sop.required) > 1 else NEVER
            ),
            "withdrawn_after": sop.required[0].name,
            "remarks": {name: endings.remarks.get(name, [""]) for name in names},
        }
    )
