"""What a published page may do: a content security policy of its own in each; pure.

GitHub Pages sends no headers of ours, so the policy stands in the page. It also gives
two things in the theme a name for people who do not see them.
"""

import base64
import hashlib
import re

_INLINE = re.compile(
    r"<script(?P<attributes>(?:\s[^>]*)?)>(?P<code>.*?)</script>",
    re.DOTALL | re.IGNORECASE,
)
_HEAD = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_DATA = "application/json"  # a script of this type is not run

DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),  # and the hash of each script in the page
    ("style-src", "'self'"),
    ("img-src", "'self' data: blob:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'self'"),
    ("form-action", "'none'"),
    ("object-src", "'none'"),
)
NAMES = (
    ('<div class="md-search" data-md-component="search" role="dialog">', "Search"),
)


def with_policy(html: str) -> str:
    """Give a page its policy, behind the line that says how it is written."""
    policy = content_policy(html)
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="referrer" content="no-referrer">'
    )
    for element, name in NAMES:
        html = html.replace(element, f'{element[:-1]} aria-label="{name}">')
    changed, count = _HEAD.subn(lambda found: found[0] + metas, html, count=1)
    if not count:
        raise ValueError("a page without a charset cannot be given a policy")
    return changed


def content_policy(html: str) -> str:
    """Give the policy that lets a page run what stands in it, and nothing else."""
    hashes = dict.fromkeys(
        f"'sha256-{_sha256(found['code'])}'"
        for found in _INLINE.finditer(html)
        if "src=" not in found["attributes"] and _DATA not in found["attributes"]
    )
    extra = {"script-src": " ".join(hashes)}
    return "; ".join(
        " ".join(filter(None, (name, value, extra.get(name, ""))))
        for name, value in DIRECTIVES
    )


def _sha256(code: str) -> str:
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
