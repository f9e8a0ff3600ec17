"""Contact files as people really write them, each with a character of its own.

`FILES` are written by hand; `every` adds how editors save them: with Windows line
ends, without a last line break, with a byte order mark, and all of that at once.
"""

from collections.abc import Iterator

HEAD = "name: Jana Muster\ncompany: Example GmbH\nposition: Lead\nrejected_on: 2026-01-30\n"
SENT = '{date: 2026-05-04, event: sent, touch: check_in/1, source: "closed:17:x"}'
WARM = "{date: 2026-05-06, event: replied, tone: warm}"

FILES: dict[str, str] = {
    "the smallest file": HEAD,
    "a comment at the end": f"{HEAD}# talk to her in autumn\n",
    "blank lines at the end": f"{HEAD}\n\n\n",
    "blanks at the end": f"{HEAD}   \n  \n",
    "a comment at the top": f"# the one I wanted most\n{HEAD}",
    "a modeline": f"# yaml-language-server: $schema=../schemas/contact.schema.json\n\n{HEAD}",
    "comments behind values": HEAD.replace("GmbH\n", "GmbH  # in Kiel\n"),
    "comments between fields": HEAD.replace("company", "# who\ncompany"),
    "values in columns": HEAD.replace(": ", ":        "),
    "all keys indented": "".join(f"  {line}\n" for line in HEAD.splitlines()),
    "indented with a history": "".join(
        f"  {line}\n" for line in [*HEAD.splitlines(), "history:", f"  - {SENT}"]
    ),
    "quoted values": HEAD.replace("Jana Muster", '"Jana Muster"'),
    "single quotes": HEAD.replace("Jana Muster", "'Jana ''J'' Muster'"),
    "quoted keys": HEAD.replace("name:", '"name":'),
    "other alphabets": HEAD.replace("Jana Muster", "Żaneta Müßig 山田 Яна"),
    "an emoji": f"{HEAD}notes: went well 🙂\n",
    "a very long line": f"{HEAD}notes: {'we spoke about single sourcing ' * 40}\n",
    "a text over two lines": f"{HEAD}notes: we spoke\n  about sourcing\n",
    "a text over two lines and a gap": f"{HEAD}notes: we spoke\n\n  about sourcing\n",
    "a block text last": f"{HEAD}notes: |\n  one\n  two\n",
    "a block text with blank lines": f"{HEAD}notes: |\n  one\n\n  two\n\n\n",
    "a folded text last": f"{HEAD}notes: >\n  one\n  two\n",
    "a stripped block text": f"{HEAD}notes: |-\n  one\n  two\n",
    "a kept block text": f"{HEAD}notes: |+\n  one\n\n",
    "a block text that looks like a history": f"{HEAD}notes: |\n  history:\n    - nothing\n",
    "a block text with its indentation": f"{HEAD}notes: |2\n    one\n  two\n",
    "a block text before the history": f"{HEAD}notes: |\n  one\n  two\nhistory:\n  - {SENT}\n",
    "a quoted text over lines": f'{HEAD}notes: "one\n  two\n\n  three"\n',
    "a list in a row": f"{HEAD}tags: [a, b]\n",
    "a list in a column": f"{HEAD}tags:\n  - a\n  - b\n",
    "a list without indentation": f"{HEAD}tags:\n- a\n- b\n",
    "a list with comments": f"{HEAD}tags:\n  # first\n  - a  # one\n  # second\n  - b\n  # end\n",
    "a list over several rows": f"{HEAD}tags: [\n  a,\n  b,  # two\n]\n",
    "an empty last value": f"{HEAD}notes:\n",
    "an empty last value and a comment": f"{HEAD}notes: # to come\n",
    "further rejections": (
        f"{HEAD}rejections:\n  - position: Other\n    rejected_on: 2025-01-01\n"
    ),
    "further rejections in rows": (
        f"{HEAD}rejections:\n  - {{position: Other, rejected_on: 2025-01-01}}\n"
    ),
    "history with nothing": f"{HEAD}history:\n",
    "history with a blank": f"{HEAD}history: \n",
    "history with a comment": f"{HEAD}history:  # the robot writes here\n",
    "history with a comment below": f"{HEAD}history:\n  # the robot writes here\n",
    "history with a tilde": f"{HEAD}history: ~\n",
    "history null": f"{HEAD}history: null\n",
    "history with empty brackets": f"{HEAD}history: []\n",
    "history with wide empty brackets": f"{HEAD}history: [ ]   # nothing yet\n",
    "history in brackets": f"{HEAD}history: [{SENT}]\n",
    "history in brackets over rows": f"{HEAD}history: [\n  {SENT},\n  {WARM}\n]\n",
    "history in brackets with a comma at the end": f"{HEAD}history: [\n  {SENT},\n]\n",
    "one event": f"{HEAD}history:\n  - {SENT}\n",
    "two events": f"{HEAD}history:\n  - {SENT}\n  - {WARM}\n",
    "events without indentation": f"{HEAD}history:\n- {SENT}\n- {WARM}\n",
    "events far to the right": f"{HEAD}history:\n        - {SENT}\n        - {WARM}\n",
    "wide dashes": f"{HEAD}history:\n  -   {SENT}\n  -   {WARM}\n",
    "comments among events": (
        f"{HEAD}history:\n  # spring\n  - {SENT}  # at last\n  # she answered\n"
        f"  - {WARM}  # kind\n  # end\n"
    ),
    "blank lines among events": f"{HEAD}history:\n\n  - {SENT}\n\n\n  - {WARM}\n\n",
    "events as blocks": (
        f"{HEAD}history:\n  - date: 2026-05-04\n    event: sent\n    touch: check_in/1\n"
        "  - date: 2026-05-06\n    event: replied\n    tone: warm\n"
    ),
    "an event block with a comment": (
        f"{HEAD}history:\n  - date: 2026-05-04  # monday\n    event: note\n"
        "    text: it rained  # a lot\n  # later\n  - date: 2026-05-06\n    event: replied\n"
    ),
    "an event with a block text": (
        f"{HEAD}history:\n  - date: 2026-05-06\n    event: replied\n    text: |\n"
        "      Hello,\n\n      come back in autumn.\n"
    ),
    "an event with a block text in the middle": (
        f"{HEAD}history:\n  - date: 2026-05-06\n    event: replied\n    text: |\n"
        f"      Hello,\n\n      come back.\n\n  # later\n  - {SENT.replace('05-04', '07-04')}\n"
    ),
    "an event that begins below its dash": (
        f"{HEAD}history:\n  -\n    date: 2026-05-04\n    event: sent\n    touch: check_in/1\n"
    ),
    "an event over two rows": (
        f"{HEAD}history:\n  - {{date: 2026-05-04, event: sent,\n     touch: check_in/1}}\n"
    ),
    "an event with an empty field": (
        f"{HEAD}history:\n  - date: 2026-05-04\n    event: replied\n    text:\n"
    ),
    "events out of order": f"{HEAD}history:\n  - {WARM}\n  - {SENT}\n",
    "an event after the new one": (
        f"{HEAD}history:\n  - {SENT}\n  - {{date: 2031-01-01, event: note, text: far}}\n"
    ),
    "only younger events": (
        f"{HEAD}history:\n  # the future\n  - {{date: 2031-01-01, event: note, text: far}}\n"
    ),
    "only younger events in brackets": (
        f"{HEAD}history: [{{date: 2031-01-01, event: note, text: far}}]\n"
    ),
    "history in the middle": f"name: Jana Muster\nhistory:\n  - {SENT}\n{HEAD[18:]}",
    "history in the middle and empty": f"name: Jana Muster\nhistory:\n{HEAD[18:]}",
    "history first": f"history:\n  - {SENT}\n{HEAD}",
    "a comment between history and the rest": (
        f"name: Jana Muster\nhistory:\n  - {SENT}\n\n# below: the facts\n{HEAD[18:]}"
    ),
    "a document begins": f"---\n{HEAD}",
    "a document ends": f"{HEAD}...\n",
    "a document begins and ends": f"---\n{HEAD}history:\n  - {SENT}\n...\n",
    "a directive": f"%YAML 1.2\n---\n{HEAD}",
    "text with a hash": f"{HEAD}notes: C# and F#\n",
    "text with colons": f"{HEAD}linkedin: https://example.com/in/jana:muster\n",
    "text with exclamation": f"{HEAD}notes: Great! Really & truly * nice\n",
    "a number that is a name": HEAD.replace("Lead", "1.10"),
    "Norway": f"{HEAD}country: NO\nlanguage: no\n",
    "a tab behind a value": HEAD.replace("Lead\n", "Lead\t# seven\n"),
    "a non-breaking blank": HEAD.replace("Jana Muster", "Jana\u00a0Muster"),
    "three dots in a text": f"{HEAD}notes: and then ... nothing\n",
    "three dots in a block text": f"{HEAD}notes: |\n  and then\n  ...\n  nothing\n",
}


def every() -> Iterator[tuple[str, bytes]]:
    """Give each file as five editors would save it."""
    for name, text in FILES.items():
        windows = text.replace("\n", "\r\n")
        yield name, text.encode()
        yield f"{name}, Windows line ends", windows.encode()
        yield f"{name}, no last line break", text.removesuffix("\n").encode()
        yield f"{name}, byte order mark", f"\ufeff{text}".encode()
        yield f"{name}, all three", f"\ufeff{windows}".removesuffix("\r\n").encode()
