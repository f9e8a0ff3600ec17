"""Links that open a mail with everything in it.

Mail programs and browsers cut long ones, so beyond 2,000 characters only address and
subject remain.
"""

from urllib.parse import quote, urlencode

LONGEST = 2000  # characters


def mailto(address: str, subject: str, body: str) -> str:
    """Give a `mailto:` link (RFC 6068), percent-encoded."""
    query = {"subject": subject, "body": body.replace("\n", "\r\n")}
    base = f"mailto:{quote(address, safe='@')}"
    return _fitting(base, query, without=("body",))


def gmail(address: str, subject: str, body: str) -> str:
    """Give the link that opens Gmail's window for a new mail."""
    query = {"view": "cm", "fs": "1", "to": address, "su": subject, "body": body}
    return _fitting("https://mail.google.com/mail/", query, without=("body",))


def outlook(address: str, subject: str, body: str) -> str:
    """Give the link that opens Outlook's window for a new mail."""
    query = {"to": address, "subject": subject, "body": body}
    base = "https://outlook.office.com/mail/deeplink/compose"
    return _fitting(base, query, without=("body",))


def _fitting(base: str, query: dict[str, str], without: tuple[str, ...]) -> str:
    whole = f"{base}?{urlencode(query, quote_via=quote)}"
    if len(whole) < LONGEST:
        return whole
    short = {name: text for name, text in query.items() if name not in without}
    return f"{base}?{urlencode(short, quote_via=quote)}"
