"""When two names of companies mean the same company."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=200_000)
def company_key(name: str) -> str:
    """Give what two spellings have in common: NFKC, no case, no blanks."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
