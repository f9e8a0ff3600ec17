"""What is asked of the server, and what it says."""

from typing import Any

from msgspec import Struct

Json = dict[str, Any]


class Request(Struct, frozen=True):
    """What was asked."""

    method: str
    path: str  # below the repository, such as issues/17; "" for the repository
    query: dict[str, str]
    fields: Json


class Answer(Struct):
    """What is said back."""

    status: int
    value: Any = None
    headers: dict[str, str] = {}
