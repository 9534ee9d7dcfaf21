"""The program's own tabs by title, in the order they stand in; the first sums the others up."""

RINGKASAN = "Ringkasan"
PEMANTAUAN = "Pemantauan"
TEMUAN = "Temuan"
PENGINGAT = "Pengingat"
SOP = "SOP"
PROGRAM_TITLES = (RINGKASAN, PEMANTAUAN, TEMUAN, PENGINGAT, SOP)
REMEMBERING = (RINGKASAN, PEMANTAUAN, PENGINGAT)  # what the next run must know again
ALWAYS = (RINGKASAN, TEMUAN, SOP)  # of them: also where the Register is unreadable, archived
LIST_TAB = "Daftar Pilihan"  # hidden; made only where a list does not fit into its rule
LAPORAN_TAHUNAN = "Laporan Tahunan"  # in the archive of a year
RESERVED_TITLES = (*PROGRAM_TITLES, LIST_TAB, LAPORAN_TAHUNAN)  # no tab of staff bears one
