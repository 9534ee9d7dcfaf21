"""Whose fault a mail server's refusal is: the recipient's address, or something of ours.

Only the first is a reason to give a mail up. Sources: RFC 3463 and IANA's registry of enhanced
status codes; RFC 5321, 4.2.3; RFC 7504 (556); what Postfix, Exim, Exchange and Gmail say in words.
"""

import re
from typing import Literal

from automation.mail.cells import clean
from automation.mail.transport import Refusal

Command = Literal["MAIL", "RCPT", "DATA"]

# Of the mailbox or its domain: unknown, moved, takes no mail (5.1.x), disabled, full (5.2.x).
MAILBOX_STATUS = re.compile(r"[45]\.(?:1\.(?:[12346]|10)|2\.[0124])")
# Status codes that speak of us: 5.1.7, 5.1.8 the sender; 5.3 to 5.6 server, way, protocol, message;
# 5.7 policy. Exchange means an unknown recipient by 5.4.1, and 5.1.0 can mean anybody.
OFFICE_STATUS = re.compile(r"[45]\.(?:1\.[789]|3\.\d+|4\.(?!1$)\d+|[567]\.\d+)")
LIMIT_STATUS = ("4.5.3", "5.4.5", "4.4.5", "4.7.28", "5.7.28", "4.7.232", "5.7.232")
NO_MAIL_SERVICE = 556  # of the recipient's domain
LOGIN_CODES = (530, 534, 535, 538)

_MAILBOX_WORDS = re.compile(
    r"no such (?:\w+ )?(?:user|mailbox|recipient|address|account|person)"
    r"|unknown (?:local )?(?:user|recipient|mailbox|address)"
    r"|(?:user|recipient|mailbox|address|account)[^.;]{0,40}"
    r" (?:unknown|not found|not exist|disabled|inactive|suspended)"
    r"|(?:user|recipient|mailbox|account) unknown"
    r"|(?:user|mailbox|account)[^.;]{0,40} (?:full|over (?:its )?quota|out of storage)"
    r"|(?:invalid|nonexistent|non-existent) (?:recipient|mailbox|user)",
    re.IGNORECASE,
)
_SENDER_WORDS = re.compile(
    r"sender|return path|from address|(?:sent|mail) from|\bspf\b|\bdkim\b|\bdmarc\b", re.IGNORECASE
)
_LIMIT_WORDS = re.compile(
    r"exceed|limit|too (?:many|much|fast)|\brate\b|\bquota\b|throttl|per (?:hour|day|minute)",
    re.IGNORECASE,
)
_SIZE_WORDS = re.compile(r"\bsize\b|too (?:big|large|long)", re.IGNORECASE)
_LOGIN_WORDS = re.compile(r"authenticat|\bauth\b|log ?in|credential", re.IGNORECASE)
_ENCRYPTION_WORDS = re.compile(r"starttls|encryption (?:is )?required", re.IGNORECASE)
_RELAY_WORDS = re.compile(r"relay|rcpthosts|not permitted|not authori[sz]ed", re.IGNORECASE)
_POLICY_WORDS = re.compile(
    r"spam|virus|malware|block|black ?list|\blisted\b|reputation|policy|prohibited|outbound"
    r"|content|message|client host",
    re.IGNORECASE,
)


def judge(command: Command, code: int, text: bytes | str) -> Refusal:
    """What a server's answer of 400 or more to `command` means for the recipient it was given for:
    to MAIL and DATA for all of them."""
    said = answer(code, text)
    status, temporary = _status(said), code < 500
    if command != "MAIL" and _is_of_mailbox(code, status, said):
        return Refusal(f"server menjawab {said}", "full" if temporary else "recipient")
    ours = _ours(code, status, said)
    if ours.fault == "limit" or not temporary:
        unsaid = ours is _UNSAID and not OFFICE_STATUS.fullmatch(status)
        fault = "doubtful" if unsaid and command == "RCPT" else ours.fault
        return Refusal(f"{ours.reason} (server menjawab {said})", fault, ours.advice)
    return Refusal(f"server menjawab {said}", "moment")


def answer(code: int, text: bytes | str) -> str:
    """The server's answer as one line: "550 5.1.1 User unknown"."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return clean(f"{code} {words}")


_LIMIT = Refusal(
    "batas jumlah surel kantor terlampaui",
    "limit",
    "Surel dikirim setelah server mau menerima lagi; bila sering terjadi, mintalah batas yang"
    " lebih besar kepada pengelola server surel.",
)
_SENDER = Refusal(
    "alamat pengirim ditolak",
    "office",
    "Periksa [mail] sender, dan bahwa akun [mail] user boleh mengirim atas nama alamat itu.",
)
_LOGIN = Refusal(
    "server meminta login",
    "office",
    "Periksa [mail] user dan kata sandinya.",
)
_ENCRYPTION = Refusal(
    "server hanya menerima surel lewat sambungan terenkripsi",
    "office",
    'Tulis [mail] security = "starttls".',
)
_RELAY = Refusal(
    "server tidak mau meneruskan surel ke alamat itu",
    "office",
    "Periksa [mail] host dan user, atau mintalah izin relay kepada pengelola server surel.",
)
_POLICY = Refusal(
    "server menolak surel kantor",
    "office",
    "Sampaikan jawaban itu kepada pengelola server surel.",
)
_UNSAID = Refusal("server menolak surel tanpa menyebut sebabnya", "office", _POLICY.advice)


def _is_of_mailbox(code: int, status: str, said: str) -> bool:
    if _SENDER_WORDS.search(said):  # Postfix tells a recipient's turn that the sender is unknown
        return MAILBOX_STATUS.fullmatch(status) is not None and "sender address" not in said.lower()
    if status:
        return MAILBOX_STATUS.fullmatch(status) is not None
    return code == NO_MAIL_SERVICE or (code >= 500 and _MAILBOX_WORDS.search(said) is not None)


def _ours(code: int, status: str, said: str) -> Refusal:
    """The reason in the right words."""
    if _SIZE_WORDS.search(said):
        return _POLICY
    if status in LIMIT_STATUS or _LIMIT_WORDS.search(said):
        return _LIMIT
    if status in ("5.1.7", "5.1.8") or _SENDER_WORDS.search(said):
        return _SENDER
    if _ENCRYPTION_WORDS.search(said):
        return _ENCRYPTION
    if code in LOGIN_CODES or _LOGIN_WORDS.search(said):
        return _LOGIN
    if _RELAY_WORDS.search(said):
        return _RELAY
    return _POLICY if _POLICY_WORDS.search(said) else _UNSAID


def _status(said: str) -> str:
    """The enhanced status code: behind the code, or as qmail writes it, "(#5.7.1)"."""
    found = re.match(r"\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?![.\d])", said) or re.search(
        r"#([245]\.\d{1,3}\.\d{1,3})(?![.\d])", said
    )
    return found.group(1) if found else ""
