"""Rules about tabs, headers and single cells."""

from collections.abc import Iterator

from automation.core.validation.hits import Context, Hit, has, hits


def tab_missing(context: Context) -> Iterator[Hit]:
    """Each of the four staff tabs is there."""
    for fault in context.register.header_faults:
        if fault.kind == "tab_missing":
            needed = fault.tab in (context.cases.tab.title, context.register.staff.tab.title)
            yield Hit("needed_tab_missing" if needed else "tab_missing", fault.tab)


def headers(context: Context) -> Iterator[Hit]:
    """Each column's header stands in its tab once."""
    for fault in context.register.header_faults:
        if fault.kind == "tab_missing":
            continue
        rule = fault.kind if fault.essential else f"minor_{fault.kind}"
        values = {"header": fault.header, "letters": " dan ".join(fault.letters)}
        yield Hit(rule, fault.tab, values=values)


def required(context: Context) -> Iterator[Hit]:
    """A cell that every row must have is filled in."""
    for table in context.tables:
        for column in table.tab.columns:
            if not column.required or not has(table, column.key):
                continue
            if table is context.cases and column.key == "number":
                continue  # has a rule of its own
            filled = table.filled.get(column.key)
            empty = table.frame[column.key] == "" if filled is None else ~filled
            yield from hits("required", table, empty, column.key)


def unknown_choice(context: Context) -> Iterator[Hit]:
    """A cell with a drop-down holds one of its words."""
    for table in context.tables:
        for column in table.tab.columns:
            words = context.schema.choices(column)
            if column.type != "choice" or column.key == "role" or not has(table, column.key):
                continue
            texts = table.frame[column.key]
            for index in texts.index[(texts != "") & ~texts.isin(words)]:
                yield Hit(
                    "unknown_kind" if column.key == "kind" else "unknown_choice",
                    table.tab.title,
                    int(index),
                    column.key,
                    {"text": texts[index], "words": ", ".join(words)[:200]},
                )


def unreadable(context: Context) -> Iterator[Hit]:
    """A date or time is one that exists, written in a usual form, with its time of day."""
    for table in context.tables:
        for fault in table.faults:
            is_time = table.tab.column(fault.key).type == "time"
            rule = "unreadable_time" if is_time else fault.kind
            yield Hit(rule, table.tab.title, fault.index, fault.key, {"text": fault.text})
