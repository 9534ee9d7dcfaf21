"""Why a value of a TOML file does not fit, in the words of whoever keeps that file.

Source of the kinds: https://docs.pydantic.dev/latest/errors/validation_errors/
"""

from pydantic import ValidationError

WHOLE, NUMBER, DATE = "harus bilangan bulat", "harus bilangan", "harus tanggal, contoh 2026-02-19"
LIST, TABLE, TEXT, TRUTH = "harus daftar", "harus tabel", "harus teks", "harus true atau false"
REASONS = {
    "missing": "wajib diisi",
    "extra_forbidden": "tidak dikenal; periksa ejaannya",
    "literal_error": "isi dengan {expected}",
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "string_type": TEXT,
    "path_type": TEXT,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "date_type": DATE,
    "date_parsing": DATE,
    "tuple_type": LIST,
    "list_type": LIST,
    "dict_type": TABLE,
    "model_type": TABLE,
    "greater_than": "harus lebih dari {gt}",
    "greater_than_equal": "paling sedikit {ge}",
    "less_than": "harus kurang dari {lt}",
    "less_than_equal": "paling banyak {le}",
    "value_error": "{error}",
}


def first_reason(error: ValidationError) -> tuple[str, str]:
    """(key, reason) of the first thing that does not fit: ("watch.every_minutes", "...")."""
    first = error.errors()[0]
    key = ".".join(map(str, first["loc"]))
    context = {name: str(value) for name, value in first.get("ctx", {}).items()}
    if "expected" in context:
        context["expected"] = context["expected"].replace("'", '"').replace(" or ", " atau ")
    return key, REASONS.get(first["type"], first["msg"]).format_map(context)
