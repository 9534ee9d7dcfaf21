"""Whether somebody is on duty, as people write it in the column `Aktif`."""

import re

from automation.core.words.texts import plain

_YES = re.compile(r"ya?|yes|iya|(?:masih)?aktif|bertugas|1|true|benar|betul|v|[✓✔√☑]")
_NO = re.compile(
    r"tidak|tdk|tak|no?|non|0|false|salah|inaktif|(?:sudah)?(?:tidak|tdk|tak|non|belum)(?:lagi)?aktif"
    r"|tidaklagi|tidakbertugas|bukan|pensiun|pindah|mutasi|keluar|berhenti"
)


def is_on_duty(text: str) -> bool | None:
    """What was written; an empty cell means yes, None what cannot be told (`x`, `-`, `cuti`)."""
    if not text:
        return True
    word = re.sub(r"[\s._-]+", "", plain(text))
    if _YES.fullmatch(word):
        return True
    return False if _NO.fullmatch(word) else None
