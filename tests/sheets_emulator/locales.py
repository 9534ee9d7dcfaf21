"""How the spreadsheet's locale writes numbers, dates and times.

Source: Unicode CLDR for the marks, https://developers.google.com/workspace/sheets/api/guides/formats
for the patterns Google uses where a number format has none. A locale that is not listed is refused.
"""

from dataclasses import dataclass

ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Locale:
    """The marks and orders of one locale."""

    decimal: str
    group: str
    day_first: bool
    date: str
    time: str
    clock: str  # the time in a date and time
    currency: str
    time_mark: str = ":"
    months: tuple[str, ...] = ENGLISH_MONTHS
    days: tuple[str, ...] = ENGLISH_DAYS

    @property
    def date_time(self) -> str:
        return f"{self.date} {self.clock}"


INDONESIAN = ("id_ID", "in_ID")
INDONESIAN_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
INDONESIAN_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

FRENCH_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
FRENCH_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

LOCALES = {
    "en_US": Locale(".", ",", False, "M/d/yyyy", "h:mm:ss AM/PM", "H:mm:ss", '"$"#,##0.00'),
    "en_GB": Locale(".", ",", True, "dd/MM/yyyy", "HH:mm:ss", "HH:mm:ss", '"£"#,##0.00'),
    "de_DE": Locale(",", ".", True, "dd.MM.yyyy", "HH:mm:ss", "HH:mm:ss", '#,##0.00 "€"'),
    "fr_FR": Locale(
        ",",
        "\u202f",
        True,
        "dd/MM/yyyy",
        "HH:mm:ss",
        "HH:mm:ss",
        '#,##0.00 "€"',
        months=FRENCH_MONTHS,
        days=FRENCH_DAYS,
    ),
    "nl_NL": Locale(",", ".", True, "d-M-yyyy", "H:mm:ss", "H:mm:ss", '"€" #,##0.00'),
    **dict.fromkeys(
        INDONESIAN,
        Locale(
            ",",
            ".",
            True,
            "dd/MM/yyyy",
            "HH.mm.ss",
            "HH.mm.ss",
            '"Rp"#,##0.00',
            ".",
            INDONESIAN_MONTHS,
            INDONESIAN_DAYS,
        ),
    ),
}
