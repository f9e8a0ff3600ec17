"""Links that open a mail with everything in it.

Mail programs and browsers cut long ones, so beyond 2,000 characters only address and
subject remain.
"""

from urllib.parse import quote

LONGEST = 2000  # characters; a link stays below


def mailto(address: str, subject: str, body: str) -> str:
    """Give a `mailto:` link (RFC 6068), percent-encoded."""
    lines = body.replace("\n", "\r\n")
    base = f"mailto:{quote(address, safe='@')}"
    return _fitting(base, {"subject": subject}, lines)


def gmail(address: str, subject: str, body: str) -> str:
    """Give the link that opens Gmail's window for a new mail."""
    query = {"view": "cm", "fs": "1", "to": address, "su": subject}
    return _fitting("https://mail.google.com/mail/", query, body)


def outlook(address: str, subject: str, body: str) -> str:
    """Give the link that opens Outlook's window for a new mail."""
    query = {"to": address, "subject": subject}
    return _fitting("https://outlook.live.com/mail/0/deeplink/compose", query, body)


def _fitting(base: str, query: dict[str, str], body: str) -> str:
    """Put a link together, with the body if there is room for it."""
    short = f"{base}?{_encoded(query)}"
    whole = f"{short}&{_encoded({'body': body})}"
    return next((each for each in (whole, short) if len(each) < LONGEST), base)


def _encoded(query: dict[str, str]) -> str:
    return "&".join(f"{name}={quote(text, safe='')}" for name, text in query.items())
