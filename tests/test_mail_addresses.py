"""Only to those who should: which addresses are refused, and why."""

import pytest

from automation.core.words.addresses import MALFORMED, NOT_ASCII, address_fault

DOMAINS = ("kantor.go.id",)


@pytest.mark.parametrize(
    "address", ["sri@kantor.go.id", "Sri.Lestari+sop@KANTOR.go.id", "o'brien@kantor.go.id"]
)
def test_an_office_address_is_fine(address: str) -> None:
    assert address_fault(address, DOMAINS) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sri",
        "@kantor.go.id",
        "sri@",
        "sri@@kantor.go.id",
        "sri@kantor",
        "sri@kantor.go.id.",
        "sri@-kantor.go.id",
        "sri@127.0.0.1",
        "sri@[127.0.0.1]",
        ".sri@kantor.go.id",
        "sri..l@kantor.go.id",
        "sri@kantor.go.id\nBcc: lain@kantor.go.id",
        "sri@kantor.go.id\r",
        "sri\0@kantor.go.id",
        "sri@kantor.go.id,lain@kantor.go.id",
        "sri@kantor.go.id;lain@kantor.go.id",
        "Sri <sri@kantor.go.id>",
        '"sri lestari"@kantor.go.id',
        "sri lestari@kantor.go.id",
        " sri@kantor.go.id",
        f"{'s' * 65}@kantor.go.id",
        f"sri@{'k' * 64}.go.id",
        f"sri@{'k.' * 130}id",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    assert address_fault(address, DOMAINS) == MALFORMED
    assert address_fault(address) == MALFORMED


@pytest.mark.parametrize(
    "address", ["sri@k\u0430ntor.go.id", "s\u0433i@kantor.go.id", "sri\uff20kantor.go.id"]
)
def test_look_alikes_from_other_alphabets_are_refused(address: str) -> None:
    assert address_fault(address, DOMAINS) == NOT_ASCII


@pytest.mark.parametrize(
    "address", ["sri@lain.go.id", "sri@mail.kantor.go.id", "sri@kantor.go.id.lain.id"]
)
def test_another_domain_is_refused_unless_none_is_named(address: str) -> None:
    fault = address_fault(address, DOMAINS)
    assert fault and fault.rule == "address_not_allowed"
    assert address_fault(address) is None
