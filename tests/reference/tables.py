"""Tables of the reference pages, made from the types and tables of the program."""

import argparse
import datetime as dt
import types
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Meta, Struct, UnsetType
from msgspec.structs import fields as struct_fields

from pipeline import model
from pipeline.commands import arguments, check, inbox, porcelain, portfolio, wording
from pipeline.commands.options import SHARED as SHARED_OPTIONS
from pipeline.commands.options import Parser
from pipeline.files.decode import written_names
from pipeline.files.events import EVENTS
from pipeline.planning.cadence import BUILT_IN
from pipeline.reconciling.vocabulary import COMMANDS, DESK, ISSUE
from tests.reference.layout import table
from tests.reference.proof import proof
from tests.reference.sample import in_figures, look_back
from tests.reference.sources import listed

NOTHING = "—"

WORDS: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    bool: "`true` or `false`",
    dt.date: "a day: `2026-01-30`",
    model.TouchRef: "a follow-up: `check_in/1`",
    model.YearDay: "a day of every year, `12-15`, or of one, `2026-12-15`",
}
PATTERNS = {
    get_args(alias)[1].pattern: words
    for alias, words in (
        (model.Address, "a mail address"),
        (model.Link, "a web address"),
        (model.Country, "two capital letters"),
        (model.Language, "a language code"),
        (model.Name, "the name of a file of yours, without `.yml`"),
    )
}

# What `--format json` prints, by the heading that documents it. Objects that several
# of them hold have a part of their own.
PRINTED: Mapping[str, type[Struct]] = {
    "plan": porcelain.ShownPlan,
    "preview": porcelain.ShownPreview,
    "sync": porcelain.ShownReport,
    "check": check.ShownCheck,
    "inbox": inbox.ShownInbox,
    "show": inbox.ShownWhole,
    "portfolio": portfolio.ShownPortfolio,
}
SHARED: Mapping[Any, tuple[str, str, str]] = {  # one, many, where
    porcelain.ShownTouch: ("follow-up", "follow-ups", "a-follow-up"),
    porcelain.ShownProblem: ("problem", "problems", "a-problem"),
}


def code(words: Sequence[str]) -> str:
    return " · ".join(f"`{word}`" for word in words) or NOTHING


# --- types ---------------------------------------------------------------------


class Peeled(Struct):
    """A type without what is said about it."""

    bare: Any
    metas: list[Meta]
    null: bool = False

    @property
    def means(self) -> str:
        """Give what its outermost description says."""
        said = [meta.description for meta in self.metas if meta.description]
        assert said, f"say in a Meta(description=...) what this holds: {self.bare}"
        return said[-1]


def peeled(hint: Any) -> Peeled:
    """Take what is said about a type off it, and the nothing that it may be."""
    found = Peeled(hint, [])
    while True:
        origin = get_origin(found.bare)
        if origin is Annotated:
            found.bare, *said = get_args(found.bare)
            found.metas = [*said, *found.metas]
        elif origin in (Union, types.UnionType):
            others = set(get_args(found.bare)) - {type(None), UnsetType}
            found.null = type(None) in get_args(found.bare)
            (found.bare,) = others
        else:
            return found


def inside(hint: Any) -> tuple[type[Struct] | None, str]:
    """Give the values that lie below a field, if any, and how their path goes on."""
    bare, path = peeled(hint).bare, ""
    while get_origin(bare) in (tuple, Mapping):
        many = get_origin(bare) is tuple
        path += "[]" if many else ".NAME"
        bare = peeled(get_args(bare)[0 if many else 1]).bare
    below = isinstance(bare, type) and issubclass(bare, Struct) and bare not in WORDS
    return (bare if below else None), path


def in_words(hint: Any) -> str:
    """Say what may stand in a place of this type."""
    found = peeled(hint)
    bare = found.bare
    for meta in found.metas:
        if meta.pattern:
            return PATTERNS[meta.pattern]
    if inside(hint)[0] is not None:
        shared = SHARED.get(inside(hint)[0])
        return f"a list of [{shared[1]}](#{shared[2]})" if shared else "what follows"
    if get_origin(bare) is tuple:
        inner, *rest = get_args(bare)
        one = in_words(inner)
        return (
            f"a list: {one}" if rest == [Ellipsis] else f"`[first, last]`, each {one}"
        )
    limits = [
        f"{meta.ge} to {meta.le}" if meta.le is not None else f"{meta.ge} or more"
        for meta in found.metas
        if meta.ge is not None
    ]
    if bare in WORDS:
        return ", ".join([WORDS[bare], *limits])
    return code([member.value for member in bare])


# --- files ---------------------------------------------------------------------


def with_default(what: str, value: Any) -> str:
    """Say what may stand there, and what holds where nothing does."""
    if value is NODEFAULT:
        return f"**needed**: {what}"
    default = by_default(value)
    return f"{what}; else {default}" if default else what


def by_default(value: Any) -> str:
    """Say what holds where nothing is written; "" if nothing does."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, StrEnum | int) or (isinstance(value, str) and value):
        return f"`{value}`"
    if value == model.DEFAULT_QUIET:
        return ", ".join(f"`{each.first}` to `{each.last}`" for each in value)
    return ""


def fields_of(
    struct: type[Struct], leave_out: Sequence[str] = (), before: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Give each field with its meaning, and what may stand there or else holds."""
    hints = get_type_hints(struct, include_extras=True)
    for field in struct_fields(struct):
        if field.name in leave_out:
            continue
        hint = hints[field.name]
        name = before + written_names(struct)[field.name]
        default = field.default if field.default_factory is NODEFAULT else ()
        if struct is model.Settings and name == "you":
            default = NODEFAULT  # None means that there is no file yet
        yield f"`{name}`", peeled(hint).means, with_default(in_words(hint), default)
        below, path = inside(hint)
        if below is not None and below is not model.Rejection:
            yield from fields_of(below, before=f"{name}{path}.")


def fields(which: str) -> str:
    """Give the fields of a contact, a rejection, a document, the settings, an event."""
    which_struct: dict[str, tuple[type[Struct], Sequence[str]]] = {
        "contact": (model.Contact, ("slug", "history")),
        "rejection": (model.Rejection, ()),
        "document": (model.Document, ("id",)),
        "settings": (model.Settings, ("history",)),
        "event": (model.Event, ()),
    }
    struct, leave_out = which_struct[which]
    head = ("Field", "What it says", "What may stand there")
    return table(head, list(fields_of(struct, leave_out)))


def rhythms(_: str) -> str:
    """Give the rhythms that come with the program, side by side."""
    head = ["What comes", *(f"`{name}`" for name in BUILT_IN)]
    first = ("the look back", "the short mail", "the first document", "each later one")
    rows = []
    for number, name in enumerate(first):
        cells = []
        for steps in BUILT_IN.values():
            step = steps[min(number, len(steps) - 1)]
            low, high = step.days or step.months or (0, 0)
            unit = "day" if step.days else "months"
            cells.append(
                f"{unit} {low} to {high}" if step.days else f"{low} to {high} {unit}"
            )
        rows.append([name, *cells])
    return table(head, rows)


def events(where: str) -> str:
    """Give every event of one kind of history."""
    rows = []
    for kind, spec in EVENTS.items():
        if where in spec.where:
            more = [code(spec.required)] if spec.required else []
            more += [f"if you like {code(spec.optional)}"] if spec.optional else []
            said = f"`{spec.command}`" if spec.command else NOTHING
            rows.append((f"`{kind}`", said, "; ".join(more) or NOTHING, spec.effect))
    return table(("Event", "Said with", "Its fields", "What follows from it"), rows)


# --- the command line and comments ---------------------------------------------


def options(verb: str) -> str:
    """Give what one verb takes, and which of the shared options."""
    spec = arguments.VERBS[verb]
    own = Parser(add_help=False)
    if spec.own:
        spec.own(own)
    told = (
        table(("What you add", "What it does"), list(_options(own))) if spec.own else ""
    )
    every = arguments.parser_of(verb)._actions
    known = {action.dest for action in own._actions} | {"help"}
    shared = [each.option_strings[0] for each in every if each.dest not in known]
    also = f"{'Also' if told else 'It takes'} {code(shared)}: see"
    return f"{told}\n\n{also} [options that many share](#options-that-many-share)."


def shared_options(_: str) -> str:
    """Give the options that several verbs share."""
    every = Parser(add_help=False)
    for add in SHARED_OPTIONS.values():
        add(every)
    return table(("Option", "What it does"), list(_options(every)))


def _options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    for action in parser._actions:
        words = list(action.option_strings)
        if action.nargs != 0 and not action.choices:
            words.append(str(action.metavar or action.dest.upper()))
        name = f"`{' '.join(words)}`"
        if action.choices:
            name += f" {' or '.join(f'`{each}`' for each in action.choices)}"
        optional = not action.option_strings and action.nargs == "?"
        yield f"{name}, if you like" if optional else name, str(action.help)


def comments(where: str) -> str:
    """Give every command of a comment, with its example."""
    wanted = [each for each in COMMANDS if (ISSUE in each.where) == (where == "issue")]
    assert all(DESK in each.where for each in wanted)
    parts = []
    for each in wanted:
        example = (
            "" if each.example == each.usage else f"\n\nFor example: `{each.example}`"
        )
        said = each.help[0].upper() + each.help[1:]
        parts.append(f"### /{each.verb}\n\n    {each.usage}\n\n{said}.{example}")
    return "\n\n".join(parts)


# --- JSON ----------------------------------------------------------------------


def keys_of(struct: type[Struct], before: str = "") -> Iterator[tuple[str, str, str]]:
    """Give each key of an object with its type and meaning, and those inside it."""
    hints = get_type_hints(struct, include_extras=True)
    for field in struct_fields(struct):
        hint = hints[field.name]
        found = peeled(hint)
        null = ", or `null`" if found.null else ""
        yield f"`{before}{field.name}`", f"{in_words(hint)}{null}", found.means
        below, path = inside(hint)
        if below is not None and below not in SHARED:
            yield from keys_of(below, f"{before}{field.name}{path}.")


def keys(which: str) -> str:
    """Give the keys of what one verb prints, or of an object that several hold."""
    objects = {name: struct for struct, (name, _, _) in SHARED.items()}
    struct = {**PRINTED, **objects}[which]
    return table(("Key", "What stands there", "What it says"), list(keys_of(struct)))


def kinds(_: str) -> str:
    """Give the kinds of documents, as they are written in a file."""
    return f"In the file: `kind:` {code([each.value for each in model.DocumentKind])}."


def waits(_: str) -> str:
    """Give what a follow-up can wait for."""
    rows = [(f"`{each}`", wording.WAITS[each]) for each in model.WaitsFor]
    return table(("`waits_for`", "It waits"), rows)


TABLES = {
    "fields": fields,
    "events": events,
    "options": options,
    "in-figures": lambda _: in_figures(),
    "kinds": kinds,
    "look-back": look_back,
    "proof": proof,
    "rhythms": rhythms,
    "shared-options": shared_options,
    "sources": lambda _: listed(),
    "comments": comments,
    "keys": keys,
    "waits": waits,
}


def from_the_code(what: str) -> str:
    """Give the part of a page that a mark asks for, such as `options plan`."""
    name, _, which = what.partition(" ")
    return TABLES[name](which)
