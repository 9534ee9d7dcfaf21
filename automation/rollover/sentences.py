"""What the operator is told of a year's close, in Indonesian."""

from collections.abc import Iterator, Sequence

from automation.core.tabs.new_year import NewYear
from automation.core.words.indonesian import number
from automation.rollover import Rollover

MOST = 20  # numbers that one sentence lists


def sentences(done: Rollover, key: str, *, dry_run: bool) -> Iterator[str]:
    """`key` is that of the settings which names a register."""
    if done.coming is None:
        yield f"Tahun {done.year} sudah ditutup: [workbook] {key} sudah menunjuk {done.to}."
        return
    yield from _carried(done, done.coming, dry_run=dry_run)
    yield from done.notes
    if done.missing:
        yield (
            f"{number(len(done.missing))} berkas belum ada pada {done.to}, yang sudah diisi orang; "
            f"salin barisnya dari buku lama, lalu jalankan lagi: {_listed(done.missing)}."
        )
    if dry_run:
        yield "Tidak ada yang diubah."
    else:
        yield f'Berikutnya: tulis {key} = "{done.to}" pada settings.toml, di bawah [workbook].'


def _carried(done: Rollover, coming: NewYear, *, dry_run: bool) -> Iterator[str]:
    will = "akan " if dry_run else ""
    yield (
        f"Tahun {done.year}: {number(len(coming.carried))} berkas {will}dibawa ke {done.to}, "
        f"dengan {number(coming.pauses)} jeda dan {number(coming.closures)} baris Libur; "
        f"{number(coming.staying)} berkas yang selesai tetap di buku lama."
    )
    if coming.carried:
        yield f"Berkas yang {will}dibawa: {_listed(coming.carried)}."
    yield f"Buku lama {will}diarsipkan utuh dan ditutup; isinya tidak diubah."


def _listed(numbers: Sequence[str]) -> str:
    more = f", dan {number(len(numbers) - MOST)} lagi" if len(numbers) > MOST else ""
    return ", ".join(numbers[:MOST]) + more
