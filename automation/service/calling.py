"""Calls the machine's own programs."""

import subprocess

from automation.core.edges import EdgeError

PATIENCE = 120  # seconds

Answer = subprocess.CompletedProcess


def answer(*command: str) -> "Answer[str]":
    """What a program says, however it ends. Raises EdgeError where it cannot be asked."""
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except OSError as error:
        raise EdgeError(f"{command[0]} tidak dapat dijalankan ({error.strerror}).") from None
    except subprocess.TimeoutExpired:
        raise EdgeError(
            f"{' '.join(command)} belum selesai setelah {PATIENCE} detik; coba lagi."
        ) from None


def call(*command: str, advice: str) -> str:
    """What it prints. Raises EdgeError with its own words and `advice` where it fails."""
    done = answer(*command)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split()) or f"kode keluar {done.returncode}"
        raise EdgeError(f"{' '.join(command)} gagal: {said[:300].rstrip('.')}. {advice}")
    return done.stdout
