"""Rules about staff, roles, leave and dispositions."""

from collections.abc import Iterator

from automation.core.addresses import address_fault
from automation.core.validation.hits import Context, Hit, has, hits

GAPS = {
    "nobody_active": "role_without_holder",
    "all_on_leave": "role_on_leave",
    "substitute_loop": "substitute_loop",
}


def disposition(context: Context) -> Iterator[Hit]:
    """A case is disposed to somebody active in the tab of the staff."""
    table = context.cases
    names = table.frame["disposition"]
    for name in names[names != ""].unique():
        if not context.roster.is_known(name):
            yield from hits("disposition_unknown", table, names == name, "disposition")
        elif not context.roster.is_active(name):
            yield from hits("disposition_inactive", table, names == name, "disposition")


def addresses(context: Context) -> Iterator[Hit]:
    """An e-mail address of the staff is well formed and of an allowed domain."""
    table = context.register.staff
    for index, address in table.frame["email"].items():
        fault = address_fault(address, context.allowed_domains) if address else None
        if fault:
            rule = {
                "malformed": "address_malformed",
                "not_ascii": "address_not_ascii",
                "domain_not_allowed": "address_not_allowed",
            }[fault]
            yield Hit(rule, table.tab.title, int(index), "email")


def roles(context: Context) -> Iterator[Hit]:
    """A role in the tab of the staff is one of the SOP, and a person has it once."""
    table = context.register.staff
    frame = table.frame
    known = [role.name for role in context.schema.sop.roles]
    unknown = (frame["role"] != "") & ~frame["role"].isin(known)
    yield from hits("role_unknown", table, unknown, "role")
    doubled = (frame["name"] != "") & frame.duplicated(["name", "role"])
    yield from hits("person_doubled", table, doubled, "name")


def role_holders(context: Context) -> Iterator[Hit]:
    """Every role that holds a step has somebody active who is there or has a substitute."""
    table = context.register.staff
    if not has(table, "name", "role"):
        return
    for role in dict.fromkeys(step.role for step in context.schema.sop.steps):
        holding = context.roster.of_role(role)
        if holding.gap:
            yield Hit(GAPS[holding.gap], table.tab.title, None, "", {"role": role})


def leave(context: Context) -> Iterator[Hit]:
    """Leave has a start that does not lie behind its end, and a substitute who is known."""
    table = context.register.staff
    frame = table.frame
    yield from hits("leave_reversed", table, frame["leave_end"] < frame["leave_start"], "leave_end")
    if has(table, "leave_start"):
        no_start = frame["leave_end"].notna() & ~table.filled["leave_start"]
        yield from hits("leave_without_start", table, no_start, "leave_start")
    substitutes = frame["substitute"]
    unknown = (substitutes != "") & ~substitutes.map(context.roster.is_active).astype(bool)
    yield from hits("substitute_unknown", table, unknown, "substitute")
