"""Where a call may go, by its address and by the allow-list."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.address_kinds import Kind, kind_of
from engine.destinations import LONGEST_URL, Host, allowed_host, destination, may_call

HOSTILE = [
    "",
    "api.example.test",
    "//api.example.test/",
    "https:api.example.test",
    "https:/api.example.test/",
    "https:///api.example.test/",
    "https:\\\\api.example.test/",
    "https://api.example.test\\@evil.test/",
    " https://api.example.test/",
    "https://api.example.test/ ",
    "https://api.example.test/a b",
    "https://api.example.test/\r\nX-Evil: 1",
    "https://api.example.test/\n",
    "https://api.example.test/\x00",
    "https://api.example.test/\t",
    "https://api.example.test/é",
    "https://api.example.test/%",
    "https://api.example.test/%zz",
    "https://user@api.example.test/",
    "https://user:password@api.example.test/",
    "https://api.example.test@evil.test/",
    "https://@api.example.test/",
    "https://api.example.test:/",
    "https://api.example.test:0/",
    "https://api.example.test:0443/",
    "https://api.example.test:65536/",
    "https://api.example.test:99999999999999999999/",
    "https://api.example.test:443:443/",
    "https://api.example.test:-1/",
    "https://api.example.test:+443/",
    "https://api.example.test:4٤3/",
    "https://api.example.test./",
    "https://.api.example.test/",
    "https://api..example.test/",
    "https://-api.example.test/",
    "https://api%2eexample.test/",
    "https://api.example.test%00.evil.test/",
    "https://api。example。test/",
    "https://①②⑦.0.0.1/",
    "https://bücher.example.test/",
    "https://" + "a" * 64 + ".example.test/",
    "https://" + ".".join(["a" * 60] * 5) + "/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://127.0.0.1./",
    "https://127.0.0.01/",
    "https://127.0.0.256/",
    "https://127.0.0.0x1/",
    "https://1.2.3.4.5/",
    "https://api.example.0x/",
    "https://[::1/",
    "https://::1/",
    "https://[]/",
    "https://[fe80::1%25lo]/",
    "https://[fe80::1%lo]/",
    "https://[v1.x]/",
    "https://[::1]evil.test/",
    "https://[1:2:3:4:5:6:7:8:9]/",
    "https://*.example.test/",
    "ftp://api.example.test/",
    "file:///etc/passwd",
    "gopher://api.example.test/",
    "data:text/plain,x",
    "jar:https://api.example.test/x!/",
    "unix:/run/x.sock",
    "ws://api.example.test/",
    "http+unix://x/",
    "javascript:alert(1)",
    "httpss://api.example.test/",
    "https://api.example.test/" + "a" * 5000,
]


@pytest.mark.parametrize("url", HOSTILE)
def test_an_address_that_can_be_read_in_two_ways_is_refused(url: str) -> None:
    """Whatever a lenient reader might take for a host, the strict one takes for nothing, and quotes none of it."""
    with pytest.raises(ValueError, match=r"^the address") as refusal:
        destination(url)
    assert "evil" not in str(refusal.value)
    assert "password@" not in str(refusal.value)


@pytest.mark.parametrize(
    ("url", "host", "port", "target"),
    [
        ("https://api.example.test", "api.example.test", 443, "/"),
        ("HTTPS://API.Example.TEST/A?b=C", "api.example.test", 443, "/A?b=C"),
        ("http://localhost:9000/x", "localhost", 9000, "/x"),
        ("https://api.example.test?x=1", "api.example.test", 443, "/?x=1"),
        ("https://api.example.test/?q=a@b|c", "api.example.test", 443, "/?q=a@b|c"),
        ("https://api.example.test/#secret", "api.example.test", 443, "/"),
        ("https://xn--bcher-kva.example.test/", "xn--bcher-kva.example.test", 443, "/"),
        ("http://risk_service:8080/", "risk_service", 8080, "/"),
        ("http://127.0.0.1:8080/", "127.0.0.1", 8080, "/"),
        ("http://[0:0::1]:8080/", "::1", 8080, "/"),
        ("http://[::FFFF:127.0.0.1]/", "::ffff:7f00:1", 80, "/"),
    ],
)
def test_an_address_has_one_reading(url: str, host: str, port: int, target: str) -> None:
    """Case, default port and form of an address do not make two places of one."""
    read = destination(url)
    assert (read.host.name, read.port, read.target) == (host, port, target)


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://api.example.test/", "api.example.test"),
        ("https://api.example.test:443/", "api.example.test"),
        ("https://api.example.test:80/", "api.example.test:80"),
        ("http://api.example.test:80/", "api.example.test"),
        ("http://api.example.test:443/", "api.example.test:443"),
        ("http://[::1]/", "[::1]"),
        ("http://[::1]:65535/", "[::1]:65535"),
    ],
)
def test_the_host_header_names_the_port_where_it_is_not_the_schemes_own(url: str, authority: str) -> None:
    """RFC 9110 §7.2, with brackets around IPv6."""
    read = destination(url)
    assert read.authority == authority
    assert str(read) == f"{read.host}:{read.port}"


def test_an_address_may_be_as_long_as_the_limit_and_no_longer() -> None:
    """4096 characters, 253 of them the host's."""
    start = "https://api.example.test/"
    assert destination(start + "a" * (LONGEST_URL - len(start))).port == 443
    with pytest.raises(ValueError, match="4096"):
        destination(start + "a" * (LONGEST_URL - len(start) + 1))
    name = ".".join(["a" * 63] * 3 + ["a" * 61])
    assert destination(f"https://{name}/").host.name == name
    with pytest.raises(ValueError, match="host name"):
        destination(f"https://a{name}/")


def test_an_address_with_a_password_is_told_where_it_belongs() -> None:
    """The refusal names the remedy and not the password."""
    with pytest.raises(ValueError, match=r"give them as credentials$"):
        destination("https://mara:secret@api.example.test/")


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_clear_refusal(text: str) -> None:
    """No text breaks the reader."""
    for url in (text, "https://" + text):
        try:
            read = destination(url)
        except ValueError:
            continue
        assert read.target.isascii()
        assert read.target.startswith("/")
        assert read.host.name == read.host.name.lower()


@pytest.mark.parametrize(
    ("allow", "url"),
    [
        ("api.example.test", "https://api.example.test/"),
        ("API.Example.test", "https://api.example.test/"),
        ("api.example.test:8443", "https://api.example.test:8443/"),
        ("https://api.example.test", "https://api.example.test/"),
        ("http://risk.internal:9000", "http://risk.internal:9000/"),
        ("http://risk.internal", "http://risk.internal/"),
        ("*.example.test", "https://api.example.test/"),
        ("*.example.test", "https://a.b.example.test/"),
        ("localhost:9000", "http://localhost:9000/"),
        ("localhost:9000", "https://localhost:9000/"),
        ("localhost", "http://localhost:9123/"),
        ("127.0.0.1", "http://127.0.0.1:9123/"),
        ("[::1]:9000", "http://[::1]:9000/"),
    ],
)
def test_an_entry_lets_out_what_it_names(allow: str, url: str) -> None:
    """One host, one port, one scheme; on this machine either scheme, and any port if none is named."""
    assert may_call(destination(url), ["other.example.test", allow])


@pytest.mark.parametrize(
    ("allow", "url"),
    [
        ("api.example.test", "http://api.example.test/"),
        ("api.example.test", "https://api.example.test:8443/"),
        ("api.example.test:8443", "https://api.example.test/"),
        ("api.example.test", "https://evil-api.example.test/"),
        ("api.example.test", "https://api.example.test.evil.test/"),
        ("api.example.test", "https://x.api.example.test/"),
        ("api.example.test:80", "http://api.example.test/"),
        ("http://risk.internal:9000", "https://risk.internal:9000/"),
        ("*.example.test", "https://example.test/"),
        ("*.example.test", "https://evilexample.test/"),
        ("*.example.test", "http://api.example.test/"),
        ("localhost:9000", "http://127.0.0.1:9000/"),
        ("localhost:9000", "http://localhost:9001/"),
        ("localhost", "http://localhost.evil.test/"),
        ("127.0.0.1:9000", "http://127.0.0.2:9000/"),
        ("127.0.0.1:9000", "http://[::ffff:127.0.0.1]:9000/"),
        ("*", "https://api.example.test/"),
        ("", "https://api.example.test/"),
        ("https://api.example.test/", "https://api.example.test/"),
    ],
)
def test_an_entry_lets_out_nothing_else(allow: str, url: str) -> None:
    """What is not named exactly stays in."""
    assert not may_call(destination(url), [allow])


def test_an_empty_list_means_nowhere() -> None:
    """Without entries nothing goes out, this machine included."""
    assert not may_call(destination("https://api.example.test/"), [])
    assert not may_call(destination("http://localhost/"), [])


MEANINGLESS = (
    "* *.test *.*.example.test a.*.test *.127.0.0.1 *.localhost *.x.localhost https:// ftp://api.example.test"
    " api.example.test/ api.example.test/x user@api.example.test api.example.test. bücher.example.test"
    " api.example.test:0 api.example.test:65536 api.example.test: 2130706433 0177.0.0.1 0.0.0.0:80 [::]:80"
    " 169.254.169.254:80 [fe80::1]:80 [::ffff:127.0.0.1]:80 224.0.0.1:80 100.100.100.200:80 [fd00:ec2::254]:80"
    " 192.0.2.1:80 [64:ff9b::7f00:1]:80"
)


@pytest.mark.parametrize(
    "entry",
    ["", "a b", "a\n", *MEANINGLESS.split()],
)
def test_an_entry_that_names_no_place_is_an_error(entry: str) -> None:
    """What can be called by nobody, or means more than one host, is told to the admin."""
    with pytest.raises(ValueError, match=r"."):
        allowed_host(entry)


PLACES = {
    Kind.PUBLIC: "8.8.8.8 1.1.1.1 2606:4700::1111 2a00:1450:4001::200e 172.32.0.1 100.128.0.1",
    Kind.LOOPBACK: "127.0.0.1 127.255.255.254 ::1",
    Kind.INSIDE: "10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 fc00::1 fdff::1",
    Kind.NEVER: (
        "0.0.0.0 0.1.2.3 169.254.169.254 192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1"
        " 239.255.255.255 255.255.255.255 100.100.100.200 168.63.129.16 192.88.99.1 :: ::ffff:127.0.0.1 ::ffff:8.8.8.8"
        " ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 2002:7f00:1:: 2001:0:7f00:1:: 2001:db8::1 3fff::1"
        " fe80::1 fe80::1%lo fec0::1 ff02::1 fd00:ec2::254 100::1 5f00::1 2001:20::1"
    ),
}


@pytest.mark.parametrize(("kind", "address"), [(kind, one) for kind, some in PLACES.items() for one in some.split()])
def test_an_address_belongs_to_one_part_of_the_network(kind: Kind, address: str) -> None:
    """Only what is surely public is public."""
    assert kind_of(ip_address(address)) is kind


@given(st.ip_addresses())
def test_what_the_standard_library_calls_not_global_is_not_public(address: object) -> None:
    """The own table is never more generous than Python's."""
    read = ip_address(str(address))
    if not read.is_global or read.is_multicast:
        assert kind_of(read) is not Kind.PUBLIC


@pytest.mark.parametrize(
    ("entry", "host", "address", "admitted"),
    [
        ("api.example.test", "api.example.test", "8.8.8.8", True),
        ("api.example.test", "api.example.test", "10.0.0.1", False),
        ("api.example.test", "api.example.test", "127.0.0.1", False),
        ("api.example.test:8443", "api.example.test", "10.0.0.1", True),
        ("api.example.test:8443", "api.example.test", "fd12::1", True),
        ("api.example.test:8443", "api.example.test", "127.0.0.1", False),
        ("api.example.test:8443", "api.example.test", "169.254.169.254", False),
        ("api.example.test:8443", "api.example.test", "fd00:ec2::254", False),
        ("*.example.test:8443", "api.example.test", "10.0.0.1", False),
        ("*.example.test", "api.example.test", "8.8.8.8", True),
        ("10.0.0.1", "10.0.0.1", "10.0.0.1", True),
        ("localhost:9000", "localhost", "127.0.0.1", True),
        ("localhost:9000", "localhost", "::1", True),
        ("localhost:9000", "localhost", "8.8.8.8", False),
        ("localhost:9000", "localhost", "10.0.0.1", False),
    ],
)
def test_a_name_leads_only_where_its_entry_may(entry: str, host: str, address: str, admitted: bool) -> None:
    """Into a private network with its port named, to this machine by this machine's name, to a cloud's own never."""
    literal = ip_address(host) if host[0].isdigit() else None
    assert allowed_host(entry).admits(ip_address(address), Host(host, literal)) is admitted
