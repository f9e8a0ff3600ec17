"""JSON Schemas of the three kinds of files, made from the model's types.

They serve editors while somebody types; `schema` remains the judge, since places and
remedies cannot be said in a JSON Schema.
"""

import datetime as dt
import json
import types
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct
from msgspec.structs import fields as struct_fields

from pipeline.files.decode import required_of, written_names
from pipeline.files.events import ALWAYS, CONTACT, EVENTS, SETTINGS
from pipeline.model import (
    Contact,
    Document,
    Event,
    Rejection,
    Settings,
    Step,
    TouchRef,
    YearDay,
)

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SCALARS: dict[Any, Schema] = {
    str: {"type": ["string", "number", "boolean"]},  # `1.10` and `no` are texts here
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    dt.date: {
        "type": "string",
        "format": "date",
        "pattern": "^(19|20|21)[0-9]{2}-[01][0-9]-[0-3][0-9]$",
    },
    TouchRef: {"type": "string", "pattern": f"^({'|'.join(Step)})/[1-9][0-9]{{0,3}}$"},
    YearDay: {
        "type": "string",
        "pattern": "^((19|20|21)[0-9]{2}-)?[01][0-9]-[0-3][0-9]$",
    },
}


def json_schemas() -> Mapping[str, str]:
    """Give each schema by the name of its file, as text."""
    schemas = {
        "contact.schema.json": _contact(),
        "document.schema.json": _document(),
        "settings.schema.json": _settings(),
    }
    return {
        name: json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def _contact() -> Schema:
    schema = _file("A contact", Contact, {"slug", "history"})
    flat = _properties(Rejection, {"company"})
    schema["properties"] = {**flat, **schema["properties"]}
    schema["properties"]["history"] = _history(CONTACT)
    decision = ["position", "rejected_on"]
    schema["anyOf"] = [
        _present(names)
        for names in (decision, ["rejections"], ["referred_by", "since"])
    ]
    beside = dict.fromkeys(flat, decision)
    beside |= {"referred_by": ["since"], "since": ["referred_by"]}
    schema["dependentSchemas"] = {
        name: {"anyOf": [{"properties": {name: {"const": None}}}, _present(others)]}
        for name, others in beside.items()
    }
    return schema


def _present(names: list[str]) -> Schema:
    """Ask for fields in which something stands."""
    something: Schema = {"not": {"enum": [None, []]}}
    return {"required": names, "properties": dict.fromkeys(names, something)}


def _document() -> Schema:
    schema = _file("A portfolio document", Document, {"id"})
    schema["anyOf"] = [_present(["url"]), _present(["file"])]
    return schema


def _settings() -> Schema:
    schema = _file("Your settings", Settings, {"history"})
    schema["properties"]["history"] = _history(SETTINGS)
    schema["required"] = ["you"]
    schema["properties"]["you"]["type"] = "object"
    return schema


def _file(title: str, struct: type[Struct], leave_out: set[str]) -> Schema:
    return {"$schema": _DRAFT, "title": title, **_object(struct, leave_out)}


def _object(struct: type[Struct], leave_out: set[str] | None = None) -> Schema:
    left_out = leave_out or set()
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": _properties(struct, left_out),
    }
    required = [name for name in required_of(struct) if name not in left_out]
    if required:
        schema["required"] = required
    return schema


def _properties(struct: type[Struct], leave_out: set[str]) -> Schema:
    hints = get_type_hints(struct, include_extras=True)
    needed, written = required_of(struct), written_names(struct)
    return {
        written[field.name]: {
            **_given(_type(hints[field.name]), needed=field.name in needed),
            **_default(field.default),
        }
        for field in struct_fields(struct)
        if field.name not in leave_out
    }


def _given(schema: Schema, *, needed: bool) -> Schema:
    """Let nothing stand where a field may as well be left out."""
    if needed:
        return schema
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    types_ = schema["type"]
    return {
        **schema,
        "type": [*([types_] if isinstance(types_, str) else types_), "null"],
    }


def _default(value: Any) -> Schema:
    if isinstance(value, str | int) and value != "":
        return {"default": value}
    return {}


def _type(hint: Any) -> Schema:
    """Give the schema of a type, with what its `Meta`s say."""
    said: Schema = {}
    while get_origin(hint) is Annotated:
        hint, *metas = get_args(hint)
        for meta in metas:
            said |= _meta(meta)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        schema = _type(inner)
    elif origin is tuple:
        item, *rest = get_args(hint)
        schema = {"type": "array", "items": _given(_type(item), needed=False)}
        if rest != [Ellipsis]:
            number = {"type": "integer", "minimum": 0}
            schema |= {"items": number, "minItems": 2, "maxItems": 2}
    elif origin is Mapping:
        schema = {"type": "object", "additionalProperties": _type(get_args(hint)[1])}
    elif hint in _SCALARS:
        schema = dict(_SCALARS[hint])
    elif issubclass(hint, StrEnum):
        schema = {"enum": [member.value for member in hint]}
    else:
        schema = _object(hint)
    if "pattern" in said:
        schema["type"] = "string"
    return {**schema, **said}


def _meta(meta: Meta) -> Schema:
    names = {
        "description": meta.description,
        "pattern": meta.pattern,
        "minLength": meta.min_length,
        "minimum": meta.ge,
        "maximum": meta.le,
    }
    return {name: value for name, value in names.items() if value is not None}


def _history(where: str) -> Schema:
    """Give the schema of a history: one alternative for each kind of event."""
    properties = _properties(Event, set())
    kinds = []
    for kind, spec in EVENTS.items():
        if where not in spec.where:
            continue
        names = (*ALWAYS, *spec.required, *spec.optional)
        kinds.append(
            {
                "type": "object",
                "description": spec.effect,
                "additionalProperties": False,
                "properties": {
                    name: properties[name] if name != "event" else {"const": kind.value}
                    for name in properties
                    if name in names
                },
                "required": ["date", "event", *spec.required],
            }
        )
    return {
        "description": "what happened; written by the program",
        "type": ["array", "null"],
        "items": {"oneOf": kinds},
    }
