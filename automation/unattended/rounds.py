"""A run as `run` and `watch` make it: its pulse kept, and those told who are to know how it went.

With a clock that was set by `--now` a run is played, and leaves none of this.
"""

import logging
from datetime import datetime
from time import monotonic

import automation
from automation import say
from automation.core.edges import EdgeError
from automation.core.office_time.office_hours import usual_calendar
from automation.core.watch.pulse import Beat, Pulse
from automation.cycle import Outcome, Report, run
from automation.installation import Installation
from automation.mail.trial import News, send_news
from automation.mishap import told
from automation.unattended.journal import masked

log = logging.getLogger(__name__)


def make_round(installation: Installation, report: Report) -> Outcome:
    """Raises as `cycle.run`. Only one program at a time may do this: see `Installation.alone`."""
    if installation.fixed_now is not None:
        return run(installation.office, installation.now, report)
    begun, started = installation.now, monotonic()
    installation.beacon.tell("/start")
    try:
        outcome = run(installation.office, begun, _timed(report))
    except Exception as error:
        calendar = usual_calendar(installation.schema.working_hours, begun.year)
        beat = Beat(begun, monotonic() - started, masked(told(error)), automation.VERSION)
        _end(installation, beat, matters=bool(calendar.is_working(begun)))
        raise
    fault = masked(next(iter(outcome.faults), ""))
    beat = Beat(begun, monotonic() - started, fault, automation.VERSION)
    _end(installation, beat, matters=outcome.plan.may_write and not outcome.plan.doubt)
    return outcome


def logged_round(installation: Installation, report: Report) -> Outcome:
    """The same, and what came of it stands in the log."""
    try:
        outcome = make_round(installation, report)
    except Exception as error:
        log.error("Putaran ini gagal: %s", told(error))
        raise
    say.log_outcome(outcome)
    return outcome


def _timed(report: Report) -> Report:
    """Logs each step with the time at which it begins."""
    started = monotonic()

    def timed(stage: str) -> None:
        log.debug("%s (setelah %.1f detik)", stage, monotonic() - started)
        report(stage)

    return timed


def _end(installation: Installation, beat: Beat, *, matters: bool) -> None:
    """Whatever goes wrong here is logged: the run is over, and it was what it was."""
    installation.beacon.tell("/fail" if beat.fault else "")
    pulse = installation.heart.pulse.after(beat, matters=matters)
    _keep(installation, pulse)
    news = _news(pulse, installation.settings.watch.alarm_after)
    try:
        if news and tell_contact(installation, news):
            _keep(installation, pulse.told(beat.at))
    except Exception as error:
        log.warning("Petugas TI belum dapat diberi tahu: %s", told(error))


def _keep(installation: Installation, pulse: Pulse) -> None:
    try:
        installation.heart.keep(pulse)
    except EdgeError as error:
        log.warning(str(error))


def _news(pulse: Pulse, runs: int) -> News | None:
    if pulse.last and pulse.failing_since and pulse.must_alarm(runs):
        return News("alarm", pulse.failing_since, pulse.failed, pulse.last.fault)
    if pulse.good and pulse.may_reassure(runs):
        return News("relief", pulse.good)
    return None


def tell_contact(installation: Installation, news: News) -> bool:
    """Whether the IT contact was told. Raises EdgeError where the mail was not taken."""
    contact = installation.settings.watch.it_contact
    if not contact or installation.fixed_now is not None:
        return False
    now: datetime = installation.now
    send_news(news, contact, installation.email, installation.correspondent, now)
    log.info("Petugas TI diberi tahu dengan surel.")
    return True
