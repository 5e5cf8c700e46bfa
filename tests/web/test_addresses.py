"""Addresses of this server as people type them."""

import pytest

from quiz.config.addresses import only_here, read_address


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("http://192.168.8.2:8000", "http://192.168.8.2:8000"),
        (" HTTPS://Kuis.Example./ ", "https://kuis.example"),
        ("http://kuis_aula:80", "http://kuis_aula"),
        ("https://kuis.example:443//", "https://kuis.example"),
        ("https://kuis.example:80", "https://kuis.example:80"),
        ("http://[FE80:0::1]:8000", "http://[fe80::1]:8000"),
        ("http://kuis.example:", "http://kuis.example"),
        ("http://kuis.example?", "http://kuis.example"),
        ("http://kuis.example\n", "http://kuis.example"),
    ],
)
def test_an_address_is_kept_as_browsers_name_it(typed, read):
    assert read_address(typed) == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Awali alamat"),
        ("192.168.8.2:8000", "Awali alamat"),
        ("kuis.example:8000", "Awali alamat"),
        ("ftp://kuis.example", "Awali alamat"),
        ("javascript:alert(1)", "Awali alamat"),
        ("//kuis.example", "Awali alamat"),
        ("http://kuis .example", "spasi"),
        ("http://a\nb", "spasi"),
        ("http://eka:rahasia@kuis.example", "kata sandi"),
        ("http://@kuis.example", "kata sandi"),
        ("http://", "tidak dapat dibaca"),
        ("http://:8000", "tidak dapat dibaca"),
        ("http://-a.example", "tidak dapat dibaca"),
        ("http://a..example", "tidak dapat dibaca"),
        ("http://a.example\\b", "tidak dapat dibaca"),
        ("http://192.168.8", "tidak dapat dibaca"),
        ("http://192.168.8.300", "tidak dapat dibaca"),
        ("http://192.168.008.002", "tidak dapat dibaca"),
        ("http://kuís.example", "tidak dapat dibaca"),
        (f"http://{'a' * 64}.example", "tidak dapat dibaca"),
        ("http://[fe80::1%25eth0]", "tidak dapat dibaca"),
        ("http://[::1", "kurung"),
        ("http://kuis.example:99999", "port"),
        ("http://kuis.example:abc", "port"),
        ("http://kuis.example:0", "Port"),
        ("http://0.0.0.0:8000", "semua alamat"),
        ("http://[::]:8000", "semua alamat"),
        ("http://192.168.8.2:8000/g/LJN-482", "Tulis http://192.168.8.2:8000 saja"),
        ("http://kuis.example/?a=b", "Tulis http://kuis.example saja"),
        ("http://kuis.example/#a", "Tulis http://kuis.example saja"),
    ],
)
def test_what_is_no_address_is_told_why(typed, said):
    with pytest.raises(ValueError, match=said):
        read_address(typed)


@pytest.mark.parametrize(
    ("address", "only"),
    [
        ("http://localhost:8000", True),
        ("http://kuis.localhost", True),
        ("http://127.9.9.9", True),
        ("http://[::1]:8000", True),
        ("http://192.168.8.2", False),
        ("http://127.example", False),
    ],
)
def test_what_leads_to_the_machine_itself(address, only):
    assert only_here(address) is only
