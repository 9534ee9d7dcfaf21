"""Who the program is to Google: of what kind, by which file, and how it gets its tokens."""

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any

from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError

from automation.workbooks.google.wire.faults import PASSING_STATUSES, BrokenAnswerError
from automation.workbooks.quota import Payer


class Kind(StrEnum):
    """By the `type` in its file, where it has one."""

    KEY = "service_account"
    LOGIN = "authorized_user"
    IMPERSONATED = "impersonated_service_account"
    WORKLOAD = "external_account"
    WORKFORCE = "external_account_authorized_user"
    MACHINE = ""


class Identity(Credentials):
    """Gets its tokens as `source` does, and calls nobody else.

    google-auth would ask one more service, in the background and at every start. Raises
    RefreshError, `retryable` where it may pass, TransportError and BrokenAnswerError.
    """

    def __init__(
        self,
        source: Credentials,
        kind: Kind,
        payer: Payer,
        file: Path | None = None,
        renewed: Callable[[str], None] | None = None,
    ) -> None:
        """`renewed` is told of a refresh token that takes the place of the one in `file`."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._source: Any = source
        self._renewed = renewed
        self.kind, self.payer, self.file = kind, payer, file

    @property
    def address(self) -> str | None:
        """A service account's e-mail address; a machine's is known once it has a token."""
        found = str(getattr(self._source, "service_account_email", None) or "")
        return found if "@" in found else None

    @property
    def secret(self) -> Path | None:
        """The file, if whoever reads it could log in as well."""
        return None if self.kind is Kind.WORKLOAD else self.file

    def refresh(self, request: Any) -> None:
        before = self._refresh_token
        try:
            self._source.refresh(request)
        except TransportError:
            raise
        except GoogleAuthError as error:
            raise _refused(error) from error
        except (OSError, UnicodeDecodeError) as error:  # of a file that the file names
            raise RefreshError(type(error).__name__) from error  # type: ignore[no-untyped-call]
        except (ValueError, TypeError, AttributeError, LookupError) as error:
            raise BrokenAnswerError("token") from error
        self.token, self.expiry = self._source.token, self._source.expiry
        if self._renewed and self._refresh_token != before:
            self._renewed(str(self._refresh_token))

    @property
    def _refresh_token(self) -> str | None:
        return getattr(self._source, "refresh_token", None)

    def apply(self, headers: Any, token: str | None = None) -> None:
        self._source.apply(headers, token)


def _refused(error: GoogleAuthError) -> RefreshError:
    """The same, told in one way for all kinds."""
    return RefreshError(*error.args, retryable=_may_pass(error))  # type: ignore[no-untyped-call]


def _may_pass(error: GoogleAuthError) -> bool:
    """google-auth says so of some answers; of the others their body may."""
    body = str(error.args[-1]) if error.args else ""
    if error.retryable or body.lstrip().startswith("<"):  # some server on the way, in HTML
        return True
    try:
        return json.loads(body)["error"]["code"] in PASSING_STATUSES
    except (ValueError, LookupError, TypeError):
        return False
