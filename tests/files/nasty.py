"""Contact files as people really write them, each with a character of its own.

`FILES` are written by hand; `saved` adds how editors save them: with Windows line
ends, without a last line break, with a byte order mark, and all of that at once.
"""

from collections.abc import Iterator

HEAD = "name: Jana Muster\ncompany: Example GmbH\nposition: Lead\nrejected_on: 2026-01-30\n"
SENT = '{date: 2026-05-04, event: sent, touch: check_in/1, source: "closed:17:x"}'
WARM = "{date: 2026-05-06, event: replied, tone: warm}"
LATE = "{date: 2031-01-01, event: note, text: far}"
HISTORY = f"history:\n  - {SENT}\n"

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
    # --- comments in every position
    "a comment above the history": f"{HEAD}# what happened\n{HISTORY}",
    "a comment at the margin inside the history": f"{HEAD}history:\n# spring\n  - {SENT}\n",
    "a comment at the margin between events": f"{HEAD}history:\n  - {SENT}\n# then\n  - {WARM}\n",
    "a comment far to the right at the end": f"{HEAD}{HISTORY}                # end\n",
    "a comment right below the key with a blank line": f"{HEAD}history:\n\n  # robot\n\n  - {SENT}\n",
    "a comment that looks like a field": f"{HEAD}# history:\n#   - nothing\n",
    "a comment that looks like an event": f"{HEAD}{HISTORY}  # - {WARM}\n",
    "a comment that looks like a document": f"{HEAD}# ---\n{HISTORY}# ...\n",
    "a comment with quotation marks": f"""{HEAD}# she said: "no", 'no' and `no`\n{HISTORY}""",
    "a comment with brackets": f"{HEAD}# [ {{ ( <\n{HISTORY}# ] }} ) >\n",
    "a comment with other letters": f"{HEAD}{HISTORY}# später, 後で, позже\n",
    "a comment without a blank": f"{HEAD}#later\n{HISTORY}#end\n",
    "a comment behind the first event": f"{HEAD}history:\n  - {SENT} # one\n",
    "a comment behind the key, one below, one behind": f"{HEAD}history: # a\n  # b\n  - {SENT} # c\n  # d\n",
    "a comment inside a flow event": f"{HEAD}history:\n  - {{date: 2026-05-04, # monday\n     event: sent, touch: check_in/1}}\n",
    "a comment inside the brackets": f"{HEAD}history: [ # robot\n  {SENT}, # one\n  {WARM} # two\n]\n",
    "a comment behind the closing bracket": f"{HEAD}history: [{SENT}] # done\n",
    "a comment behind empty brackets": f"{HEAD}history: [] # nothing\n",
    "a comment behind null": f"{HEAD}history: null # nothing\n",
    "a comment behind a dash": f"{HEAD}history:\n  - # the first\n    date: 2026-05-04\n    event: interview\n",
    "a comment below a dash": f"{HEAD}history:\n  -\n    # the first\n    date: 2026-05-04\n    event: interview\n",
    "a comment behind a block text's mark": f"{HEAD}notes: | # freely\n  one\n{HISTORY}",
    "a comment below a block text": f"{HEAD}notes: |\n  one\n# two\n{HISTORY}",
    "comments only around the fields": f"# a\n\n# b\n{HEAD}\n# c\n\n# d\n",
    "a ruler of comments": f"{HEAD}{'#' * 79}\n{HISTORY}{'#' * 79}\n",
    "a comment with tabs": f"{HEAD}{HISTORY}#\ta\tb\n",
    "a comment behind a quoted value": HEAD.replace("Lead", '"Lead" # the job'),
    "a comment in a gap of a list": f"{HEAD}tags:\n  - a\n\n  # gap\n\n  - b\n{HISTORY}",
    "a todo list as comments": f"{HEAD}# [x] thank her\n# [ ] write in May\n",
    # --- blank lines and blanks
    "blank lines at the top": f"\n\n\n{HEAD}",
    "blank lines between the fields": HEAD.replace("\n", "\n\n"),
    "blanks behind every line": HEAD.replace("\n", "  \n")
    + HISTORY.replace("\n", "  \n"),
    "blank lines before the history": f"{HEAD}\n\n\n{HISTORY}",
    "blank lines after the history": f"{HEAD}{HISTORY}\n\n\n",
    "blank lines of blanks after the history": f"{HEAD}{HISTORY}    \n  \n      \n",
    "a blank line between key and first event": f"{HEAD}history:\n\n  - {SENT}\n",
    "a tab at the end of a line": HEAD.replace("GmbH\n", "GmbH\t\n"),
    "a tab after a colon": HEAD.replace("position: ", "position:\t"),
    "tabs inside a flow list": f"{HEAD}tags: [a,\tb,\tc]\n{HISTORY}",
    "a line of blanks as the last": f"{HEAD}{HISTORY}  ",
    "blanks before a comment as the last": f"{HEAD}{HISTORY}   # end",
    "blanks before a colon": HEAD.replace("company:", "company   :"),
    "many blanks in a flow event": f"{HEAD}history:\n  - {{  date:  2026-05-04 ,  event:  interview  }}\n",
    "no blanks in a flow list": f"{HEAD}tags: [a,b,c]\nhistory: [{SENT},{WARM}]\n",
    # --- indentation
    "events one blank to the right": f"{HEAD}history:\n - {SENT}\n - {WARM}\n",
    "events four blanks to the right": f"{HEAD}history:\n    - {SENT}\n    - {WARM}\n",
    "everything one blank to the right": "".join(
        f" {line}\n" for line in f"{HEAD}{HISTORY}".splitlines()
    ),
    "everything eight blanks to the right": "".join(
        f"        {line}\n" for line in f"{HEAD}{HISTORY}".splitlines()
    ),
    "an event block indented by one": f"{HEAD}history:\n - date: 2026-05-04\n   event: interview\n",
    "an event block far behind its dash": f"{HEAD}history:\n  -      date: 2026-05-04\n         event: interview\n",
    "an event block below its dash, far away": f"{HEAD}history:\n-\n         date: 2026-05-04\n         event: interview\n",
    "event blocks without indentation": f"{HEAD}history:\n- date: 2026-05-04\n  event: interview\n- date: 2026-05-06\n  event: offer\n",
    "blocks and rows mixed": f"{HEAD}history:\n  - {SENT}\n  - date: 2026-05-06\n    event: offer\n  - {{date: 2026-05-07, event: ended}}\n",
    "blocks with blank lines between": f"{HEAD}history:\n  - date: 2026-05-04\n    event: interview\n\n  - date: 2026-05-06\n    event: offer\n\n",
    "blocks with blank lines inside": f"{HEAD}history:\n  - date: 2026-05-04\n\n    event: interview\n\n",
    "a dash and a row below it": f"{HEAD}history:\n  -\n    {SENT}\n  -\n    {WARM}\n",
    "a flow event over many rows": f"{HEAD}history:\n  - {{\n      date: 2026-05-04,\n      event: sent,\n      touch: check_in/1,\n    }}\n",
    "a flow event that closes on its own row": f"{HEAD}history:\n  - {{date: 2026-05-04, event: interview\n    }}\n  - {WARM}\n",
    "a list inside an event": f"{HEAD}history:\n  - date: 2026-02-03\n    event: assessed\n    touch: self_assessment/1\n    needs:\n      - one source\n      - audits\n",
    "a list inside an event without indentation": f"{HEAD}history:\n  - date: 2026-02-03\n    event: assessed\n    touch: self_assessment/1\n    needs:\n    - one source\n    - audits\n  - {SENT}\n",
    "a flow list inside an event over rows": f"{HEAD}history:\n  - date: 2026-02-03\n    event: assessed\n    touch: self_assessment/1\n    needs: [one source,\n            audits]\n",
    # --- history here and there
    "history second": f"name: Jana Muster\nhistory: []\n{HEAD[18:]}",
    "history first and empty": f"history:\n{HEAD}",
    "history first and null": f"history: ~\n{HEAD}",
    "history first in brackets": f"history: [{SENT}]\n{HEAD}",
    "history first, without indentation": f"history:\n- {SENT}\n{HEAD}",
    "history in the middle, without indentation": f"name: Jana Muster\nhistory:\n- {SENT}\n- {WARM}\n{HEAD[18:]}",
    "history in the middle, blocks": f"name: Jana Muster\nhistory:\n  - date: 2026-05-04\n    event: interview\n{HEAD[18:]}",
    "history in the middle with a comment behind": f"name: Jana Muster\nhistory: # robot\n{HEAD[18:]}",
    "history in the middle with a comment below": f"name: Jana Muster\nhistory:\n  # robot\n{HEAD[18:]}",
    "history in the middle with blank lines": f"name: Jana Muster\n\nhistory:\n\n  - {SENT}\n\n{HEAD[18:]}",
    "history before the notes": f"{HEAD}{HISTORY}notes: |\n  one\n  two\n",
    "history before a list": f"{HEAD}{HISTORY}tags:\n  - a\n",
    "history before further rejections": f"{HEAD}{HISTORY}rejections:\n  - {{position: Other, rejected_on: 2025-01-01}}\n",
    "history after further rejections": f"{HEAD}rejections:\n  - {{position: Other, rejected_on: 2025-01-01}}\n{HISTORY}",
    "history in quotation marks": f'{HEAD}"history":\n  - {SENT}\n',
    "history in single quotes and empty": f"{HEAD}'history': []\n",
    "history with a blank before its colon": f"{HEAD}history :\n  - {SENT}\n",
    "history on the next line in brackets": f"{HEAD}history:\n  [{SENT}]\n",
    "history on the next line, empty brackets": f"{HEAD}history:\n  []\n",
    "history with wide brackets": f"{HEAD}history: [ {SENT} , {WARM} ]\n",
    "history with brackets below each other": f"{HEAD}history: [\n  {SENT}\n  ,\n  {WARM}\n  ]\n",
    "history with a hundred events": f"{HEAD}history:\n"
    + "".join(
        f"  - {{date: 2026-05-{day:02}, event: note, text: n{n}}}\n"
        for n in range(4)
        for day in range(1, 26)
    ),
    "history with days that repeat": f"{HEAD}history:\n" + f"  - {SENT}\n" * 3,
    "history around the new day": f"{HEAD}{HISTORY}  - {{date: 2026-07-01, event: note, text: same day}}\n  - {LATE}\n",
    "younger events as blocks": f"{HEAD}history:\n  - date: 2031-01-01\n    event: note\n    text: far\n",
    "younger events with a comment above": f"{HEAD}history:\n  # far\n  - {LATE}\n  # farther\n  - {LATE.replace('2031', '2032')}\n",
    "younger events below their dashes": f"{HEAD}history:\n  -\n    date: 2031-01-01\n    event: note\n    text: far\n",
    "a younger event in the middle": f"{HEAD}history:\n  - {SENT}\n  - {LATE}\n  - {WARM}\n",
    # --- texts that look like something else
    "a text that looks like a list": HEAD.replace("Lead", '"- Lead"'),
    "a text that looks like a comment": HEAD.replace("Lead", '"# Lead"'),
    "a text that looks like a mapping": HEAD.replace("Lead", '"Lead: Docs"'),
    "a text that looks like a row": HEAD.replace("Lead", '"{Lead}"'),
    "a text that looks like an alias": HEAD.replace("Lead", "'*Lead'"),
    "a text that looks like a tag": HEAD.replace("Lead", "'!Lead'"),
    "a text that looks like null": HEAD.replace("Lead", '"null"'),
    "a text that looks like a date": HEAD.replace("Lead", "2026-01-30"),
    "a text that looks like a time": HEAD.replace("Lead", "12:30:45"),
    "a text that looks like octal": f"{HEAD}phone: 0155\n{HISTORY}",
    "a text that looks like a fraction": HEAD.replace("Lead", "1/2"),
    "a text that looks like nothing": HEAD.replace("Lead", "no"),
    "a text with an equals sign": HEAD.replace("Lead", "a = b"),
    "a text with a colon and no blank": HEAD.replace("Lead", "Docs:Lead"),
    "a text with a hash and no blank": HEAD.replace("Lead", "Docs#1"),
    "a text with a percent sign": HEAD.replace("Lead", "80 % Lead"),
    "a text with an at sign": HEAD.replace("Lead", "Lead @ Docs"),
    "a text with brackets inside": HEAD.replace("Lead", "Lead (m/f/d) [remote]"),
    "a text with a question mark": HEAD.replace("Lead", "Lead? yes"),
    "a text with apostrophes": HEAD.replace("Lead", "writer's lead"),
    "a text with quotes inside": HEAD.replace("Lead", 'a "lead" writer'),
    "a text with a backslash": HEAD.replace("Lead", r"C:\docs\lead"),
    "a text with escapes": HEAD.replace("Lead", r'"a\tb\u00e9\x41\n"'),
    "a text with an ampersand": HEAD.replace("Lead", "R&D"),
    "a text with an asterisk": HEAD.replace("Lead", "Lead*in"),
    "a text with a pipe": HEAD.replace("Lead", "Lead | Docs"),
    "a text with three dashes": HEAD.replace("Lead", "Lead --- Docs"),
    "a text with a dash at its end": HEAD.replace("Lead", "Lead -"),
    "a text with a long dash": HEAD.replace("Lead", "Lead \u2014 Docs"),
    "a text with two blanks": HEAD.replace("Lead", "Lead  Docs"),
    "a text with an escaped line end": HEAD.replace("Lead", '"Le\\\n  ad"'),
    "an empty text in quotes": f'{HEAD}notes: ""\n{HISTORY}',
    "an empty text in single quotes last": f"{HEAD}notes: ''\n",
    # --- letters
    "letters from right to left": HEAD.replace("Jana Muster", "יאנה מוסטר"),
    "letters beyond the first plane": HEAD.replace("Jana Muster", "𝒥𝒶𝓃𝒶 𠮷"),
    "letters with loose accents": HEAD.replace("Jana", "Ja\u0301na\u0308"),
    "an emoji made of several": f"{HEAD}notes: 👩‍💻🇩🇪\n{HISTORY}",
    "a non-breaking blank in a comment": f"{HEAD}#\u00a0later\n{HISTORY}",
    "a blank of no width": HEAD.replace("Muster", "Mus\u200bter"),
    "a soft hyphen": HEAD.replace("Muster", "Mus\u00adter"),
    "curly quotes": HEAD.replace("Lead", "\u201cLead\u201d"),
    "an ideographic blank": HEAD.replace("Jana Muster", "山田\u3000花子"),
    # --- long and many
    "a very long name of a document": f"{HEAD}shared_before: [{'a' * 60}]\n{HISTORY}",
    "a very long event": f"{HEAD}history:\n  - {{date: 2026-05-04, event: note, text: {'long ' * 400}}}\n",
    "a very long comment": f"{HEAD}# {'long ' * 400}\n{HISTORY}",
    "many fields": f"{HEAD}email: jana@example.com\nrole: recruiter\nchannel: post\nformality: formal\nlanguage: de-AT\ncountry: AT\nsubdivision: '9'\naddress_as: Frau Muster\ntitle: Dr.\nphone: +43 1 555\npostal_address: |\n  Weg 1\n  1010 Wien\ntags: [a]\nnotes: x\n{HISTORY}",
    "fields in another order": "rejected_on: 2026-01-30\ncause: frozen\nposition: Lead\ncompany: Example GmbH\nname: Jana Muster\n",
    # --- block texts
    "a folded text in the middle": f"{HEAD}notes: >\n  one\n  two\n\n  three\n{HISTORY}",
    "a folded text with indented lines": f"{HEAD}notes: >\n  one\n    two\n  three\n{HISTORY}",
    "a stripped folded text last": f"{HEAD}notes: >-\n  one\n  two\n\n",
    "a kept folded text last": f"{HEAD}notes: >+\n  one\n\n\n",
    "a kept block text before the history": f"{HEAD}notes: |+\n  one\n\n\n{HISTORY}",
    "an empty block text": f"{HEAD}notes: |\n{HISTORY}",
    "an empty block text last": f"{HEAD}notes: |\n",
    "a block text of blank lines": f"{HEAD}notes: |\n\n\n{HISTORY}",
    "a block text with a comment look-alike": f"{HEAD}notes: |\n  # no comment\n  text\n{HISTORY}",
    "a block text with a list look-alike": f"{HEAD}notes: |\n  - one\n  - two\n{HISTORY}",
    "a block text with tabs": f"{HEAD}notes: |\n  a\tb\n  \tc\n{HISTORY}",
    "a block text indented by one": f"{HEAD}notes: |\n one\n two\n{HISTORY}",
    "a block text with both marks": f"{HEAD}notes: |2-\n    one\n  two\n{HISTORY}",
    "an event with a folded text": f"{HEAD}history:\n  - date: 2026-05-06\n    event: replied\n    text: >-\n      come back\n      in autumn\n  - {LATE}\n",
    "an event with a kept text": f"{HEAD}history:\n  - date: 2026-05-06\n    event: replied\n    text: |+\n      one\n\n\n  - {LATE}\n",
    "an event with a kept text last": f"{HEAD}history:\n  - date: 2026-05-06\n    event: replied\n    text: |+\n      one\n\n",
    "an event with a quoted text over rows": f'{HEAD}history:\n  - date: 2026-05-06\n    event: replied\n    text: "come back\n\n      in autumn"\n',
    "an event with a plain text over rows": f"{HEAD}history:\n  - date: 2026-05-06\n    event: replied\n    text: come back\n      in autumn\n  - {LATE}\n",
    "an event with nothing last": f"{HEAD}history:\n  - date: 2026-05-06\n    event: replied\n    text:\n    tone: # none\n",
    "an event with a source that has quotes": f"{HEAD}history:\n  - {{date: 2026-05-06, event: note, text: 'it''s', source: \"a\\\"b\"}}\n",
    # --- rejections
    "rejections with nothing": f"{HEAD}rejections:\n{HISTORY}",
    "rejections with empty brackets": f"{HEAD}rejections: []\n{HISTORY}",
    "rejections in brackets": f"{HEAD}rejections: [{{position: Other, rejected_on: 2025-01-01}}]\n{HISTORY}",
    "rejections without indentation": f"{HEAD}rejections:\n- position: Other\n  rejected_on: 2025-01-01\n{HISTORY}",
    "rejections with comments": f"{HEAD}rejections:\n  # the first\n  - position: Other # job\n    rejected_on: 2025-01-01\n    # the end\n\n{HISTORY}",
    "rejections with a list last": f"{HEAD}rejections:\n  - position: Other\n    rejected_on: 2025-01-01\n    topics:\n      - one\n      - two\n{HISTORY}",
    "rejections first": f"rejections:\n  - position: Other\n    rejected_on: 2025-01-01\n{HEAD}",
    "only the list of rejections": "name: Jana Muster\ncompany: Example GmbH\nrejections:\n  - position: Lead\n    rejected_on: 2026-01-30\n",
    "somebody who was recommended": "name: Jana Muster\ncompany: Example GmbH\nreferred_by: bo-li\nsince: 2026-03-01\n",
    # --- the frame
    "a document with a comment behind its beginning": f"--- # jana\n{HEAD}{HISTORY}",
    "a document that ends with a comment": f"{HEAD}{HISTORY}... # end\n",
    "a document that ends without a line break": f"{HEAD}{HISTORY}...",
    "a directive and a comment": f"# top\n%YAML 1.1\n# below\n---\n{HEAD}",
    "keys in single quotes": "'name': Jana Muster\n'company': Example GmbH\n'position': Lead\n'rejected_on': 2026-01-30\n",
    "a key with a question mark": f"? name\n: Jana Muster\n{HEAD[18:]}",
    "values on the next line": HEAD.replace(": ", ":\n  "),
    "a value far below its key": HEAD.replace(
        "position: Lead", "position:\n\n\n  Lead"
    ),
    "a comment between key and value": HEAD.replace(
        "position: Lead", "position:\n  # the job\n  Lead"
    ),
    "line ends of both kinds": f"name: Jana Muster\r\ncompany: Example GmbH\nposition: Lead\r\nrejected_on: 2026-01-30\n{HISTORY}",
    "single line ends within Windows ones": HEAD.replace("\n", "\r\n")
    + "tags:\n  - a\n"
    + HISTORY.replace("\n", "\r\n"),
}


def saved(name: str) -> Iterator[bytes]:
    """Give one file as five editors would save it."""
    text = FILES[name]
    windows = text.replace("\n", "\r\n")
    yield text.encode()
    yield windows.encode()
    yield text.removesuffix("\n").encode()
    yield f"\ufeff{text}".encode()
    yield f"\ufeff{windows}".removesuffix("\r\n").encode()


def every() -> list[bytes]:
    """Give every file as each editor would save it."""
    return [data for name in FILES for data in saved(name)]
