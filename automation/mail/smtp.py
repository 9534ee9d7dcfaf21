"""The way out through a mail server. yagmail logs in; the message is ours, and so is its delivery.

Certificates and host names are always verified. MAIL, RCPT and DATA are given one by one: only so
is it known what the server said, and whether a connection was lost before or after the message.
"""

import smtplib
import socket
import ssl
from collections.abc import Sequence
from typing import Any, Self

import yagmail

from automation.mail.cells import clean
from automation.mail.login import SmtpSettings, authenticate_oauth2, password
from automation.mail.transport import Answered, Lost, Outcome, Refusal, TransportError

# Permanent codes that speak of us, not of the recipient: not logged in, relaying denied, blocked by
# policy (RFC 3463, X.7.x), Gmail's daily limit (5.4.5). Another try helps once that is mended.
OUR_CODES = (530, 534, 535, 538)
OUR_STATUS = ("5.7.", "5.4.5")


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
                return Answered(refused)
        except (smtplib.SMTPException, OSError) as error:
            reason = _broken(error)
            return Answered(dict.fromkeys(recipients, Refusal(reason, permanent=False)), reason)
        try:
            code, text = _data(smtp, message)
        except (smtplib.SMTPException, OSError) as error:
            return Lost(_broken(error))
        if code == 250:
            return Answered(refused, said=_said(code, text))
        refusal = _refusal(code, text)
        everybody = dict.fromkeys(recipients, refusal) | refused
        return Answered(everybody, stop=refusal.reason if code == 421 else "")


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
            refused[recipient] = _refusal(code, text)
    return refused


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
            f" ({_said(error.smtp_code, error.smtp_error)}). Periksa nama pengguna dan kata sandi;"
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


def _refusal(code: int, text: bytes | str) -> Refusal:
    said = _said(code, text)
    status = said.partition(" ")[2]
    ours = code in OUR_CODES or status.startswith(OUR_STATUS)
    return Refusal(f"server menjawab {said}", permanent=500 <= code < 600 and not ours)


def _said(code: int, text: bytes | str) -> str:
    """The server's answer as one line: "550 5.1.1 User unknown"."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return clean(f"{code} {words}")


def _broken(error: Exception) -> str:
    """Why a connection is of no more use, in a few words."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "tidak ada jawaban dalam batas waktu"
    if isinstance(error, ConnectionRefusedError):
        return "sambungan ditolak"
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"alamat pengirim ditolak: {_said(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"server menjawab {_said(error.smtp_code, error.smtp_error)}"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "sambungan terputus"
    return clean(str(error))
