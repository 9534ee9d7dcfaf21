"""A year's close with Excel: two files of staff's, and one workbook of the program's for both."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from automation.core.drawing import Sheet
from automation.core.edges import EdgeError
from automation.core.register.headers import Grids
from automation.files import create, is_ours, regular_bytes, replace, resolved
from automation.installation import Installation
from automation.workbooks.excel.closing import close, opened_by
from automation.workbooks.excel.mark import is_untouched_new_year
from automation.workbooks.excel.reader import MOST_PACKED, read_tabs
from automation.workbooks.excel.writer import workbook_bytes


class ExcelBooks:
    """`rollover.books.Books`."""

    vacant = "berkas yang belum ada"

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._old = self._path(str(installation.settings.workbook.register_file))
        self._summary = str(installation.settings.workbook.summary)
        self._titles = [tab.title for tab in installation.schema.tabs.all()]

    def _path(self, name: str) -> Path:
        return resolved(self._installation.settings.path(Path(name)))

    def successor(self) -> str:
        """A file does not tell; what lies in the archive does."""
        return ""

    def named(self, asked: str | None, year: int) -> str:
        """ "register.xlsx" and "register-2026.xlsx" are followed by "register-2027.xlsx"."""
        if asked:
            return self._fit(asked)
        register = self._installation.settings.workbook.register_file
        following = f"-{year + 1}"
        stem = register.stem.removesuffix(f"-{year}").removesuffix(following)
        return register.with_stem(stem + following).as_posix()

    def _fit(self, asked: str) -> str:
        if Path(asked).suffix != ".xlsx" or self.is_same(asked, self._summary):
            raise EdgeError(
                f"--to {asked}: sebut berkas Excel yang baru, contoh register-2027.xlsx."
            )
        return asked

    def is_same(self, one: str, other: str) -> bool:
        return self._path(one) == self._path(other)

    def is_current(self, name: str) -> bool:
        return self._path(name) == self._old

    def there(self, name: str) -> Grids | None:
        file = self._path(name)
        with suppress(OSError):  # closed to us: the reader says so
            if not os.path.lexists(file) or is_ours(file, is_untouched_new_year):
                return None
        return read_tabs(file, self._titles)

    def told(self, grids: Grids) -> Grids:
        return {title: grids.get(title) for title in self._titles}

    def prepare(self, name: str, sheets: Sequence[Sheet]) -> None:
        """A file is made whole, or not at all."""

    def close(self, year: int, name: str) -> str:
        if opened_by(self._old):
            raise EdgeError(
                f"{self._old} sedang dibuka; minta semua orang menyimpan dan menutupnya, lalu "
                f"jalankan lagi. Bila tidak ada yang membukanya, hapus {opened_by(self._old)}."
            )
        if close(self._old):
            return ""
        return f"{self._old} bukan milik akun ini: jadikan hanya-baca, supaya tidak diisi lagi."

    def whole(self) -> Mapping[str, bytes]:
        """The files as they are, byte for byte."""
        summary = self._path(self._summary)
        files = [self._old, *([summary] if summary.exists() else [])]
        try:
            return {file.name: regular_bytes(file, MOST_PACKED) for file in files}
        except OSError as error:
            raise EdgeError(
                f"{error.filename} tidak dapat dibuka ({error.strerror}); tutup berkas itu bila "
                "sedang dibuka, dan periksa apakah akun ini boleh membacanya."
            ) from None

    def fill(self, name: str, sheets: Sequence[Sheet]) -> None:
        file = self._path(name)
        content = workbook_bytes(sheets, self._installation.now, "buku baru")
        if create(file, content):
            return
        try:
            replace(file, content, is_untouched_new_year)
        except PermissionError:
            raise EdgeError(
                f"{file} sedang dibuka; tutup berkas itu, lalu jalankan lagi."
            ) from None

    def remember(self, name: str, grids: Grids) -> None:
        """Nothing: it stands in the program's own workbook."""
