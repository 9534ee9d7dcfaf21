"""The way out through a mail server. yagmail logs in; the message is ours, and so is its delivery.

Certificates and host names are always verified. MAIL, RCPT and DATA are given one by one: only so
is it known what the server said, and whether a connection was lost before or after the message.
"""

import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

import yagmail

from automation.mail.cells import clean
from automation.mail.login import SmtpSettings, authenticate_oauth2, password
from automation.mail.refusals import answer, judge
from automation.mail.transport import Answered, Lost, Outcome, Refusal, TransportError


class Smtp:
    """One connection, logged in, inside `with`. Entering raises TransportError with a sentence for
    the user; it never prompts."""

    def __init__(self, settings: SmtpSettings) -> None:
        self.settings = settings

    def __enter__(self) -> Self:
        self._client = _logged_in(self.settings)
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._client.smtp.quit()
        except (smtplib.SMTPException, OSError):
            self._client.smtp.close()

    def send(self, message: bytes, sender: str, recipients: Sequence[str]) -> Outcome:
        """Offers the mail once. `sender` and `recipients` are plain, checked addresses."""
        smtp = self._client.smtp
        try:
            refused = _envelope(smtp, sender, recipients)
            if len(refused) == len(recipients):
                smtp.rset()
                return Answered(refused, stop=_stop(refused))
        except (smtplib.SMTPException, OSError) as error:
            refusal = _rejected(error)
            return Answered(dict.fromkeys(recipients, refusal), stop=refusal.reason)
        try:
            code, text = _data(smtp, message)
        except (smtplib.SMTPException, OSError) as error:
            return Lost(_broken(error))
        if code == 250:
            return Answered(refused, said=answer(code, text), stop=_stop(refused))
        refused = _refused_message(code, text, recipients, refused)
        return Answered(refused, stop=answer(code, text) if code == 421 else _stop(refused))


def _envelope(smtp: smtplib.SMTP, sender: str, recipients: Sequence[str]) -> dict[str, Refusal]:
    """Who was refused. Raises SMTPException where the connection is of no more use: a sender that
    is refused for one mail is refused for all."""
    code, text = smtp.mail(sender)
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, text, sender)
    refused = {}
    for recipient in recipients:
        code, text = smtp.rcpt(recipient)
        if code == 421:
            raise smtplib.SMTPResponseException(code, text)
        if code not in (250, 251):
            refused[recipient] = judge("RCPT", code, text)
    return refused


def _refused_message(
    code: int, text: bytes | str, recipients: Sequence[str], refused: dict[str, Refusal]
) -> dict[str, Refusal]:
    """Nobody has the mail. An answer to the message blames nobody by name where it went to more
    than one."""
    refusal = judge("DATA", code, text)
    if len(recipients) - len(refused) > 1 and refusal.fault in ("recipient", "full"):
        refusal = replace(refusal, fault="moment")
    return dict.fromkeys(recipients, refusal) | refused


def _stop(refused: Mapping[str, Refusal]) -> str:
    """Why nothing more is to be offered now, or ""."""
    return next((each.reason for each in refused.values() if each.fault == "limit"), "")


def _rejected(error: Exception) -> Refusal:
    """For everybody, before the message: the sender was refused, or the connection broke."""
    if isinstance(error, smtplib.SMTPSenderRefused):
        return judge("MAIL", error.smtp_code, error.smtp_error)
    return Refusal(_broken(error))


def _data(smtp: smtplib.SMTP, message: bytes) -> tuple[int, bytes | str]:
    """The server's answer to the message, or to the announcement of it."""
    try:
        return smtp.data(message)
    except smtplib.SMTPDataError as error:
        if error.smtp_code != 421:
            smtp.rset()
        return error.smtp_code, error.smtp_error


def _logged_in(settings: SmtpSettings) -> yagmail.Client:
    """A verified connection. (yagmail closes it with the client, so it is the client we keep.)"""
    where = f"{settings.host}:{settings.port}"
    try:
        client = _client(settings)
        client.login()
        if settings.oauth2_file:
            authenticate_oauth2(client.smtp, settings, settings.oauth2_file)
        client.smtp.ehlo_or_helo_if_needed()
    except ssl.SSLCertVerificationError as error:
        raise TransportError(
            f"Sertifikat server surel {settings.host} tidak dapat dipercaya"
            f" ({error.verify_message}). Periksa [mail] host; untuk CA kantor isi [mail] ca_file."
        ) from None
    except ssl.SSLError as error:
        raise TransportError(
            f"Sambungan aman ke {where} gagal ({error.reason}). Periksa [mail] port dan security."
        ) from None
    except smtplib.SMTPAuthenticationError as error:
        raise TransportError(
            f"Server surel {where} menolak login {settings.user}"
            f" ({answer(error.smtp_code, error.smtp_error)}). Periksa nama pengguna dan kata sandi;"
            " untuk Gmail dipakai sandi aplikasi."
        ) from None
    except socket.gaierror:
        raise TransportError(
            f"Server surel {settings.host} tidak ditemukan. Periksa [mail] host dan jaringan."
        ) from None
    except (smtplib.SMTPException, OSError) as error:
        raise TransportError(
            f"Server surel {where} tidak dapat dipakai ({_broken(error)})."
            " Periksa [mail] host, port dan security, serta jaringan."
        ) from None
    return client


def _client(settings: SmtpSettings) -> yagmail.Client:
    """A client of yagmail's, not yet connected, whose every connection is verified."""
    by_password = settings.user and not settings.oauth2_file
    options: dict[str, Any] = {"timeout": settings.timeout_seconds}
    if settings.security == "tls":
        options["context"] = _context(settings)
    if settings.security == "starttls":
        options["smtp_starttls"] = {"context": _context(settings)}
    client = yagmail.Client(
        settings.user,
        password(settings) if by_password else None,
        host=settings.host,
        port=settings.port,
        smtp_ssl=settings.security == "tls",
        smtp_skip_login=not by_password,
        soft_email_validation=False,
        **{"smtp_starttls": False, **options},
    )
    client.user = settings.user  # to a name without "@" yagmail has appended "@gmail.com"
    return client


def _context(settings: SmtpSettings) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=settings.ca_file)
    except OSError:
        raise TransportError(
            f"Sertifikat CA {settings.ca_file} tidak dapat dibaca. Periksa [mail] ca_file."
        ) from None


def _broken(error: Exception) -> str:
    """Why a connection is of no more use, in a few words."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "tidak ada jawaban dalam batas waktu"
    if isinstance(error, ConnectionRefusedError):
        return "sambungan ditolak"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"server menjawab {answer(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "sambungan terputus"
    return clean(str(error))
