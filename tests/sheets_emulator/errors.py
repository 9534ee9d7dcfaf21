"""Errors as Google's APIs give them.

Sources: https://cloud.google.com/apis/design/errors (the JSON form), and for the words the public
issue threads of gspread, googleapis and node-google-spreadsheet, where users quote them.
"""

from typing import Any

Json = dict[str, Any]
Violation = tuple[str, str]  # the field's path ("" for the whole message), what is wrong with it

STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    408: "DEADLINE_EXCEEDED",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    502: "UNAVAILABLE",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}

NOT_FOUND_PAGE = """<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <title>Error 404 (Not Found)!!1</title>
  <p><b>404.</b> <ins>That’s an error.</ins>
  <p>The requested URL <code>{path}</code> was not found on this server.  \
<ins>That’s all we know.</ins>
"""


class ApiError(Exception):
    """A refusal: HTTP code, Google's sentence, and the details Google would add."""

    def __init__(self, code: int, message: str, details: list[Json] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details or []

    @property
    def body(self) -> Json:
        """The answer's JSON."""
        error: Json = {"code": self.code, "message": self.message, "status": STATUS[self.code]}
        if self.details:
            error["details"] = self.details
        return {"error": error}


class Refused(Exception):  # noqa: N818 - not an error of ours: Google says no
    """A change that Google refuses; the caller knows which request it was part of."""


class NoSuchUrl(Exception):  # noqa: N818 - becomes an HTML page
    """No method of the API answers at this path, or not to this verb."""


def invalid(message: str) -> ApiError:
    """400 without details."""
    return ApiError(400, message)


def bad_request(violations: list[Violation], message: str | None = None) -> ApiError:
    """400 whose details name the fields, as the JSON front end of Google's APIs words it."""
    told = [
        {"field": field, "description": words} if field else {"description": words}
        for field, words in violations
    ]
    details = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": told}
    return ApiError(400, message or "\n".join(words for _, words in violations), [details])


def not_found() -> ApiError:
    """404 of a spreadsheet that does not exist, or that the caller may not know of."""
    return ApiError(404, "Requested entity was not found.")


def permission_denied() -> ApiError:
    """403 of a spreadsheet that is not shared with the caller."""
    return ApiError(403, "The caller does not have permission")


def unauthenticated() -> ApiError:
    """401 of a token that is missing, unknown or expired."""
    return ApiError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
        "cookie or other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
        [error_info("ACCESS_TOKEN_INVALID", {"service": "sheets.googleapis.com"})],
    )


def service_disabled(project: str) -> ApiError:
    """403 of a project in which the Sheets API was never switched on."""
    url = (
        "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview"
        f"?project={project}"
    )
    enable = {"description": "Google developers console API activation", "url": url}
    return ApiError(
        403,
        f"Google Sheets API has not been used in project {project} before or it is disabled. "
        f"Enable it by visiting {url} then retry. If you enabled this API recently, wait a few "
        "minutes for the action to propagate to our systems and retry.",
        [
            {"@type": "type.googleapis.com/google.rpc.Help", "links": [enable]},
            error_info(
                "SERVICE_DISABLED",
                {"service": "sheets.googleapis.com", "consumer": f"projects/{project}"},
            ),
        ],
    )


def quota_exceeded(kind: str, project: str, limit: int) -> ApiError:
    """429 of too many calls a minute; `kind` is Read or Write."""
    metric = f"sheets.googleapis.com/{kind.lower()}_requests"
    name = f"{kind}RequestsPerMinutePerUser"
    return ApiError(
        429,
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute "
        f"per user' of service 'sheets.googleapis.com' for consumer 'project_number:{project}'.",
        [
            error_info(
                "RATE_LIMIT_EXCEEDED",
                {
                    "service": "sheets.googleapis.com",
                    "quota_metric": metric,
                    "quota_limit": name,
                    "quota_limit_value": str(limit),
                    "consumer": f"projects/{project}",
                },
            )
        ],
    )


def unimplemented(message: str) -> ApiError:
    """501: what Google would do and this emulator does not; it never pretends."""
    return ApiError(501, f"tests.sheets_emulator: {message}")


def error_info(reason: str, metadata: dict[str, str]) -> Json:
    """The google.rpc.ErrorInfo of an error."""
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    }
