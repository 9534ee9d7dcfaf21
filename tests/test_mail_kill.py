"""However the program dies, no mail is lost, and at most the one in flight arrives twice."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.mail_driver import LETTERS, RACING_LETTERS
from tests.mail_server import Post, mail_server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver forks")

DRIVER = (sys.executable, "-m", "tests.mail_driver")


def test_killed_at_any_write_and_started_again_it_loses_nothing_and_doubles_only_what_was_in_flight(
    tmp_path: Path,
) -> None:
    post = Post()
    with mail_server(post) as port:
        done = subprocess.run(
            [*DRIVER, tmp_path, str(port)], capture_output=True, text=True, timeout=400, check=False
        )
    assert done.returncode == 0, done.stderr
    killed = int(done.stdout)
    assert killed > 100
    arrived = Counter(each.content for each in post.received)
    cases = Counter(message["Subject"].split()[1].rstrip(",") for message in post.messages())
    for attempt in range(1, killed + 2):
        counts = [cases[f"{attempt}-{place}"] for place in range(LETTERS)]
        assert min(counts) == 1, f"killed at write {attempt}: {counts}"
        assert sum(counts) <= LETTERS + 1, f"killed at write {attempt}: {counts}"
    assert len(arrived) == len(cases), "what arrives twice is the same to the byte"
    assert max(arrived.values()) == 2, "some deaths between answer and record must be among them"


def test_two_programs_on_one_outbox_never_send_the_same_mail(tmp_path: Path) -> None:
    post = Post()
    with mail_server(post) as port:
        programs = [
            subprocess.Popen([*DRIVER, tmp_path, str(port), "race"], stderr=subprocess.PIPE)
            for _ in range(2)
        ]
        for program in programs:
            _, errors = program.communicate(timeout=200)
            assert program.returncode == 0, errors.decode()
    assert len(post.identities()) == len(set(post.identities())) == RACING_LETTERS
