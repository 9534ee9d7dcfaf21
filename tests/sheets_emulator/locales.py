"""How the spreadsheet's locale writes numbers, dates and times.

Source: Unicode CLDR for the marks, https://developers.google.com/workspace/sheets/api/guides/formats
for the patterns Google uses where a number format has none. A locale that is not listed is refused.
"""

from dataclasses import dataclass


def named(text: str) -> tuple[str, ...]:
    """The months or days of a list."""
    return tuple(text.split())


ENGLISH_MONTHS = named(
    "January February March April May June July August September October November December"
)
ENGLISH_DAYS = named("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")


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
INDONESIA = (
    named("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"),
    named("Senin Selasa Rabu Kamis Jumat Sabtu Minggu"),
)
FRENCH = (
    named("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    named("lundi mardi mercredi jeudi vendredi samedi dimanche"),
)

SLASHES, CLOCK, DOTS, EURO = "dd/MM/yyyy", "HH:mm:ss", "HH.mm.ss", '#,##0.00 "€"'
LOCALES = {
    "en_US": Locale(".", ",", False, "M/d/yyyy", "h:mm:ss AM/PM", "H:mm:ss", '"$"#,##0.00'),
    "en_GB": Locale(".", ",", True, SLASHES, CLOCK, CLOCK, '"£"#,##0.00'),
    "de_DE": Locale(",", ".", True, "dd.MM.yyyy", CLOCK, CLOCK, EURO),
    "fr_FR": Locale(",", "\u202f", True, SLASHES, CLOCK, CLOCK, EURO, ":", *FRENCH),
    "nl_NL": Locale(",", ".", True, "d-M-yyyy", "H:mm:ss", "H:mm:ss", '"€" #,##0.00'),
    **dict.fromkeys(
        INDONESIAN,
        Locale(",", ".", True, SLASHES, DOTS, DOTS, '"Rp"#,##0.00', ".", *INDONESIA),
    ),
}
