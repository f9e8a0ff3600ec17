"""What makes two files the same person, and what is kept of a stop."""

from typing import Any

import pytest

from pipeline.model import Stopped
from pipeline.planning.companies import company_key
from pipeline.planning.stops import (
    company_digest,
    digest,
    identities,
    is_stopped,
    person_digests,
)
from tests.factories import contact

DANA: dict[str, Any] = {
    "email": "Dana@Example.com",
    "phone": "+1 (512) 555-0142",
    "linkedin": "https://www.linkedin.com/in/Dana-O/",
}


def kept(**fields: Any) -> Stopped:
    return Stopped(salt="s", people=person_digests("s", contact(**fields)))


def stopped(found: Stopped, **fields: Any) -> bool:
    person = contact(**fields)
    return is_stopped(found, person, person.company)


def test_address_number_and_profile_identify_a_person_however_they_are_written() -> (
    None
):
    assert list(identities(contact(**DANA))) == [
        "mail:dana@example.com",
        "phone:125550142",
        "linkedin:dana-o",
    ]
    assert list(identities(contact(email=None))) == []
    assert list(identities(contact(email=None, phone="0155"))) == []  # an extension
    short = contact(email=None, phone="015555")
    assert list(identities(short)) == ["phone:015555"]


@pytest.mark.parametrize("one", DANA)
def test_one_of_them_is_enough(one: str) -> None:
    other = {"email": None, "name": "D. O.", "company": "Elsewhere"} | {one: DANA[one]}
    assert stopped(kept(**DANA), **other)


def test_name_and_company_are_enough_where_the_address_is_another() -> None:
    assert stopped(kept(**DANA), email="new@example.com", name="dana  OKAFOR")
    assert not stopped(kept(**DANA), email="new@example.com", company="Elsewhere")
    assert not stopped(kept(**DANA), email="new@example.com", name="Dan Okafor")


def test_nothing_of_a_person_can_be_read_from_what_is_kept() -> None:
    text = "".join(kept(**DANA).people)
    assert set(text) <= set("0123456789abcdef")
    assert digest("s", "x") != digest("t", "x")


def test_a_company_is_known_however_it_is_spelt() -> None:
    found = Stopped(salt="s", companies=(company_digest("s", "\uff25xample  GMBH"),))
    assert stopped(found, company="example gmbh", email="x@example.com")
    assert not stopped(found, company="Example AG")
    assert company_key("Straße 1") == company_key("STRASSE1")
