"""The dashboard as one file of its own, which asks nothing of any server; pure.

Its policy names each script and style by its hash and lets nothing be fetched.
"""

import base64
import hashlib
from importlib.resources import files

from msgspec import json

from pipeline.dashboard.pages import Pack, environment

_START = """
const pack = JSON.parse(document.getElementById("pack").textContent);
const shown = show(pack, document.getElementById("board"));
addEventListener("popstate", shown.turn);
"""


def page(pack: Pack, guide: str = "") -> str:
    """Give the whole file; `guide` is the address of the guide where there is one."""
    script = f"{static('app.js')}{_START}"
    style = static("board.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            "img-src data:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    return (
        environment()
        .get_template("alone.html")
        .render(
            policy=policy,
            script=script,
            style=style,
            title=pack.title,
            data=json.encode(pack).decode().replace("<", "\\u003c"),
            guide=guide,
        )
    )


def static(name: str) -> str:
    """Give one of the files that the browser gets."""
    place = files("pipeline.dashboard").joinpath("static", name)
    return place.read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
