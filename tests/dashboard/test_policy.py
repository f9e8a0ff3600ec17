"""Each page may do what stands in it, and nothing else."""

import base64
import hashlib
import re

import pytest

from pipeline.dashboard.policy import content_policy, with_policy

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>x</title></head>
<body><div class="md-search" data-md-component="search" role="dialog"></div>
<script>let a = 1;</script><script id="c" type="application/json">{"a": 1}</script>
<script src="app.js"></script><script>let b = 2;</script></body></html>"""


def sha(code: str) -> str:
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def test_scripts_in_the_page_are_named_by_their_hash_and_data_is_not() -> None:
    policy = content_policy(PAGE)
    hashes = re.findall(r"'sha256-([^']+)'", policy)
    assert hashes == [sha("let a = 1;"), sha("let b = 2;")]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")


def test_the_policy_stands_before_anything_that_could_load() -> None:
    page = with_policy(PAGE)
    at = page.index("Content-Security-Policy")
    assert page.index("charset") < at < page.index("<title>")
    assert '<meta name="referrer" content="no-referrer">' in page


def test_the_search_gets_a_name() -> None:
    assert 'role="dialog" aria-label="Search">' in with_policy(PAGE)


def test_a_page_that_cannot_take_a_policy_is_an_error() -> None:
    with pytest.raises(ValueError, match="charset"):
        with_policy("<html></html>")
