"""Errors as Google's APIs give them.

Sources: https://cloud.google.com/apis/design/errors (the JSON form), for the words and details the
recorded answers that gargle tests with (tests/testthat/_snaps), the public issue threads of gspread,
googleapis and node-google-spreadsheet, where users quote them, and google.api.ErrorReason.
"""

import html
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

PAGE = """<!DOCTYPE html>
<html lang=en>
  <meta charset=utf-8>
  <meta name=viewport content="initial-scale=1, minimum-scale=1, width=device-width">
  <title>Error {code} ({title})!!1</title>
  <p><b>{code}.</b> <ins>That’s an error.</ins>
  <p>{told}  <ins>That’s all we know.</ins>
"""
BUSY = (
    "The server encountered a temporary error and could not complete your request.<p>Please try "
    "again in 30 seconds."
)
SEE = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. See "
    "https://developers.google.com/identity/sign-in/web/devconsole-project."
)
QUOTA = {
    "description": "Request a higher quota limit.",
    "url": "https://cloud.google.com/docs/quota#requesting_higher_quota",
}
REALM = 'Bearer realm="https://accounts.google.com/"'


class ApiError(Exception):
    """A refusal: HTTP code, Google's sentence, and what Google would add: the details, for the older
    APIs the `errors`, and headers."""

    def __init__(
        self,
        code: int,
        message: str,
        details: list[Json] | None = None,
        errors: list[Json] | None = None,
        headers: dict[str, str] | None = None,
        status: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details or []
        self.errors = errors or []
        self.headers = headers or {}
        self.status = status or STATUS[code]

    @property
    def body(self) -> Json:
        """The answer's JSON."""
        error: Json = {"code": self.code, "message": self.message}
        if self.errors:
            error["errors"] = self.errors
        error["status"] = self.status
        if self.details:
            error["details"] = self.details
        return {"error": error}


def no_spreadsheet() -> ApiError:
    """Of a workbook of another program's that Drive opens without turning it into a spreadsheet."""
    words = "This operation is not supported for this document"
    return ApiError(400, words, status="FAILED_PRECONDITION")


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


def too_large(limit: int) -> ApiError:
    """400 of a body that is longer than the front end reads."""
    return ApiError(400, f"Request payload size exceeds the limit: {limit} bytes.")


def not_found() -> ApiError:
    """404 of a spreadsheet that does not exist, or that the caller may not know of."""
    return ApiError(404, "Requested entity was not found.")


def permission_denied() -> ApiError:
    """403 of a spreadsheet that is not shared with the caller."""
    return ApiError(403, "The caller does not have permission")


def unauthenticated(kind: str, reason: str) -> ApiError:
    """401 of a token that is missing, unknown or expired; `reason` is a google.api.ErrorReason."""
    missing = reason == "CREDENTIALS_MISSING"
    told = {"message": "Login Required.", "domain": "global", "reason": "required"}
    if not missing:
        told |= {"message": "Invalid Credentials", "reason": "authError"}
    return ApiError(
        401,
        "Request is missing required authentication credential. " + SEE
        if missing
        else "Request had invalid authentication credentials. " + SEE,
        [error_info(reason, rpc(kind))],
        [{**told, "location": "Authorization", "locationType": "header"}] * is_drive(kind),
        {"WWW-Authenticate": REALM if missing else f'{REALM}, error="invalid_token"'},
    )


def unregistered() -> ApiError:
    """403 of reading without any credential: an API key would do, were the spreadsheet public."""
    return ApiError(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). Please "
        "use API Key or other form of API consumer identity to call this API.",
    )


def insufficient_scopes(kind: str, scopes: list[str]) -> ApiError:
    """403 of a token that is not for this; `scopes` would be."""
    told = {
        "message": "Insufficient Permission",
        "domain": "global",
        "reason": "insufficientPermissions",
    }
    asked = f'{REALM}, error="insufficient_scope", scope="{" ".join(scopes)}"'
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        [error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", rpc(kind))],
        [told] * is_drive(kind),
        {"WWW-Authenticate": asked},
    )


def is_drive(kind: str) -> bool:
    """Is it a method of the older API of the two, whose errors list their reasons?"""
    return kind.startswith("drive.")


def rpc(kind: str) -> dict[str, str]:
    """A method as the errors name it: `google.apps.sheets.v4.SpreadsheetsService.GetValues`."""
    _, resource, verb = f"x.{kind}".rsplit(".", 2)
    verb = verb[0].upper() + verb[1:]
    if is_drive(kind):
        method = f"google.apps.drive.v3.Drive{resource.capitalize()}.{verb}"
        return {"service": "drive.googleapis.com", "method": method}
    noun = "Spreadsheet" if resource == "spreadsheets" else resource.capitalize()
    method = f"google.apps.sheets.v4.SpreadsheetsService.{verb}{noun}"
    return {"service": "sheets.googleapis.com", "method": method}


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
                    "quota_location": "global",
                    "quota_metric": metric,
                    "quota_limit": name,
                    "quota_limit_value": str(limit),
                    "consumer": f"projects/{project}",
                    "service": "sheets.googleapis.com",
                },
            ),
            {"@type": "type.googleapis.com/google.rpc.Help", "links": [QUOTA]},
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


def page(code: int, title: str, told: str) -> bytes:
    """An error as the outermost front end tells it: HTML; `told` is HTML too."""
    return PAGE.format(code=code, title=title, told=told).encode()


def no_such_url(path: str) -> bytes:
    """The page of 404."""
    told = f"The requested URL <code>{html.escape(path)}</code> was not found on this server."
    return page(404, "Not Found", told)


def no_length() -> bytes:
    """The page of 411."""
    told = "POST requests require a <code>Content-length</code> header."
    return page(411, "Length Required", told)


def malformed_request() -> bytes:
    """The page of 400: what came is not HTTP."""
    told = "Your client has issued a malformed or illegal request."
    return page(400, "Bad Request", told)
