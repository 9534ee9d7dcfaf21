"""Numbers by the patterns of number formats.

Source: https://developers.google.com/workspace/sheets/api/guides/formats
"""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from tests.sheets_emulator.locales import Locale

NUMBER_TOKEN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[eE][+-]|.')
FRACTION = re.compile(r"(?:([#0?]+) )?([#0?]+)/(\d*[1-9]\d*|[#0?]+)")
LARGE, SMALL = 1e15, 1e-4
DIGITS = 15  # of a number, all told


def literals(tokens: list[str], text: str = "") -> str:
    """What tokens show that stand for themselves; `@` is the cell's text."""
    parts = []
    for token in tokens:
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
    fraction = FRACTION.search(section)
    if fraction:
        around = section[: fraction.start()], section[fraction.end() :]
        before, after = (literals(NUMBER_TOKEN.findall(part)) for part in around)
        return before + as_fraction(value, fraction) + after
    tokens = NUMBER_TOKEN.findall(section)
    exact = Decimal(f"{value:.{DIGITS}g}").scaleb(2 * tokens.count("%"))
    power = next((i for i, token in enumerate(tokens) if token in ("E+", "E-", "e+", "e-")), None)
    if power is None:
        return filled(exact, tokens, locale)
    mantissa, mark, rest = tokens[:power], tokens[power], tokens[power + 1 :]
    exponent = exponent_of(exact, mantissa)
    sign = "-" if exponent < 0 else mark[1].replace("-", "")
    told = filled(exact.scaleb(-exponent), mantissa, locale)
    return f"{told}{mark[0]}{sign}{filled(Decimal(abs(exponent)), rest, locale)}"


def exponent_of(value: Decimal, mantissa: list[str]) -> int:
    """The power of ten beside a mantissa: a multiple of its digits before the point."""
    step, decimals = (len(part) for part in split_digits(mantissa))
    exponent = value.adjusted() // max(step, 1) * max(step, 1) if value else 0
    rounded = half_up(value.scaleb(-exponent), decimals)
    return exponent + max(step, 1) if rounded.adjusted() >= max(step, 1) else exponent


def split_digits(tokens: list[str]) -> tuple[list[int], list[int]]:
    """Where the digits before and behind the point stand."""
    point = tokens.index(".") if "." in tokens else len(tokens)
    places = [i for i, token in enumerate(tokens) if token in "0#?"]
    return [i for i in places if i < point], [i for i in places if i > point]


def half_up(value: Decimal, decimals: int) -> Decimal:
    """Rounded as spreadsheets round."""
    with localcontext(prec=400):
        return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def filled(value: Decimal, tokens: list[str], locale: Locale) -> str:
    """Tokens with the digits of a number in the places that `0`, `#` and `?` keep for them."""
    whole_places, places = split_digits(tokens)
    last = max(whole_places + places, default=-1)
    commas = [i for i, token in enumerate(tokens) if token == ","]
    grouped = any(i < last for i in commas)
    scale = 3 * sum(i > last for i in commas) if last >= 0 else 0
    whole, _, decimals = f"{half_up(value.scaleb(-scale), len(places)):f}".partition(".")
    shown_at = whole_digits(whole.lstrip("0"), [(i, tokens[i]) for i in whole_places])
    if grouped:
        shown_at = with_groups(shown_at, locale.group)
    for index, place in enumerate(places):
        needed = decimals[index:].strip("0")
        shown_at[place] = decimals[index] if needed else blank(tokens[place])
    point = tokens.index(".") if "." in tokens else None
    texts = (
        shown_at.get(i, locale.decimal if i == point else "" if i in commas else literals([token]))
        for i, token in enumerate(tokens)
    )
    return "".join(texts)


def blank(token: str) -> str:
    """An insignificant zero."""
    return {"0": "0", "?": " "}.get(token, "")


def whole_digits(digits: str, places: list[tuple[int, str]]) -> dict[int, str]:
    """Digits from the right into their places; the first place takes all that are left."""
    shown_at = {}
    for place, token in reversed(places):
        shown_at[place], digits = (digits[-1], digits[:-1]) if digits else (blank(token), "")
    if places:
        shown_at[places[0][0]] = digits + shown_at[places[0][0]]
    return shown_at


def with_groups(shown_at: dict[int, str], mark: str) -> dict[int, str]:
    """With a mark after every third digit, counted from the right."""
    count, marked = 0, {}
    for place, text in sorted(shown_at.items(), reverse=True):
        marked[place] = ""
        for digit in reversed(text):
            between = mark if digit.isdigit() and count and count % 3 == 0 else ""
            marked[place] = digit + between + marked[place]
            count += 1
    return marked


def as_fraction(value: float, pattern: re.Match[str]) -> str:
    """`3 1/7` by a pattern such as `# ?/?` or `0 #/8`; no fraction if it comes to nothing."""
    whole = int(value) if pattern[1] else 0
    if pattern[3].isdigit() and pattern[3].strip("0"):
        below = int(pattern[3])
        above = round((value - whole) * below)
    else:
        nearest = Fraction(value - whole).limit_denominator(10 ** len(pattern[3]) - 1)
        above, below = nearest.numerator, nearest.denominator
    if pattern[1] and above == below:
        whole, above = whole + 1, 0
    lead = "" if not pattern[1] else str(whole) if whole or "0" in pattern[1] else ""
    if pattern[1] and not above:
        return lead
    wide = len(pattern[2]) if "?" in pattern[2] else 0
    deep = len(pattern[3]) if "?" in pattern[3] else 0
    return f"{lead} {above:>{wide}}/{below:<{deep}}" if lead else f"{above:>{wide}}/{below:<{deep}}"
