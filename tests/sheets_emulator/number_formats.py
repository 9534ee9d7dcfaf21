"""Numbers by the patterns of number formats: digits, groups, percent, exponent and fixed text.

Source: https://developers.google.com/workspace/sheets/api/guides/formats. Patterns that say more
(fractions, conditions, places kept blank) are answered 501.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

from tests.sheets_emulator.errors import unimplemented
from tests.sheets_emulator.locales import Locale

TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|.')
NUMBER = re.compile(
    r"(?P<whole>[#0,]*[#0])(?:\.(?P<decimals>[#0]+))?(?P<power>E\+(?P<exponent>0+))?"
)
LITERAL = re.compile(r'(?:"[^"]*"|\\.|_.|\*.|\[[A-Za-z]+\d*\]|[^#0?.,/<>=;@"\\\[\]])*')
LARGE, SMALL = 1e15, 1e-4
DIGITS = 15  # of a number, all told


def literals(pattern: str, text: str = "") -> str:
    """What stands for itself in a pattern; `@` is the cell's text."""
    parts = []
    for token in TOKEN.findall(pattern):
        if token == "@":
            parts.append(text)
        elif token[0] == '"':
            parts.append(token[1:-1])
        elif token[0] == "_" and len(token) > 1:
            parts.append(" ")
        elif token[0] not in "*[":
            parts.append(token[-1])
    return "".join(parts)


def general(value: float, locale: Locale) -> str:
    """A number without a format: at most ten digits behind the point, no trailing zeros."""
    if value and not SMALL <= abs(value) < LARGE:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        mantissa = mantissa.rstrip("0").rstrip(".")
        text = f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"
    elif float(value).is_integer():
        text = str(int(value))
    elif abs(value) < 1:
        text = f"{value:.10g}"
    else:
        decimals = min(10, DIGITS - len(str(int(abs(value)))))
        text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return text.replace(".", locale.decimal)


def number_shown(value: float, section: str, locale: Locale) -> str:
    """An unsigned number by one section of a pattern."""
    before = LITERAL.match(section)
    match = before and NUMBER.match(section, before.end())
    after = match and LITERAL.fullmatch(section, match.end())
    if not before or not match or not after:
        if before and before.end() == len(section):
            return literals(section)
        raise unimplemented(f"the number format {section}")
    percent = before[0].count("%") + after[0].count("%")
    exact = Decimal(f"{value:.{DIGITS}g}").scaleb(2 * percent)
    shift = exponent(exact, len(match["decimals"] or "")) if match["power"] else 0
    text = digits(exact.scaleb(-shift), match["whole"], match["decimals"] or "", locale)
    if match["power"]:
        text += f"E{'-' if shift < 0 else '+'}{str(abs(shift)).zfill(len(match['exponent']))}"
    return literals(before[0]) + text + literals(after[0])


def exponent(value: Decimal, decimals: int) -> int:
    """The power of ten beside a mantissa with so many decimals."""
    with localcontext(prec=decimals + 1, rounding=ROUND_HALF_UP):
        return (+value).adjusted() if value else 0


def digits(value: Decimal, whole: str, decimals: str, locale: Locale) -> str:
    """A number's digits in the places that `0` and `#` keep for them."""
    with localcontext(prec=400):
        exact = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    before, _, behind = f"{exact:f}".partition(".")
    before = before.lstrip("0").zfill(whole.count("0"))
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(\d{3})+$)", locale.group, before)
    behind = behind.rstrip("0").ljust(decimals.count("0"), "0")
    return before + (locale.decimal if decimals else "") + behind
