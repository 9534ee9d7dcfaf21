"""Formulas that failed, as Excel, LibreOffice and Google show them in a cell: they hold nothing."""

from automation.core.words.texts import plain

_SHOWN = (
    *("#ref!", "#n/a", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#error!", "#spill!"),
    *("#calc!", "#getting_data", "#field!", "#blocked!", "#connect!", "#unknown!", "#busy!"),
    *("#external!", "#python!", "#timeout!"),
)
_LONGEST = 40  # characters, blanks around it included


def is_failure(cell: object) -> bool:
    """Whether a cell holds a formula that failed."""
    return isinstance(cell, str) and "#" in cell[:_LONGEST] and plain(cell[:_LONGEST]) in _SHOWN
