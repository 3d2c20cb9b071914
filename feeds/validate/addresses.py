"""Rules of addresses: RFC 3986 and RFC 3987 (syntax, normal form), RFC 4151 (tag), RFC 8141 (urn); pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from feeds.validate.finding import Fault, Source, ValueRule, shown

_ALLOWED = "0-9a-zA-Z;/?:@&=+$.\\-_!~*'()%,#"
FOREIGN = re.compile(rf"[\x00-\x7f](?<![{_ALLOWED}])")
"""A character of ASCII that no address may hold."""
_REFERENCE = re.compile(rf"(?:[a-zA-Z][0-9a-zA-Z+.-]*:)?/{{0,2}}(?:\[[0-9A-Fa-f:]+\])?[{_ALLOWED}]*")
_ABSOLUTE = re.compile(rf"[a-zA-Z][0-9a-zA-Z+.-]*:(?://)?(?:\[[0-9A-Fa-f:]+\])?[{_ALLOWED}]+")
_TAG = re.compile(
    r"tag:(?:[a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(?:-\d{2}(?:-\d{2})?)?:"
    r"[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*(?:#[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*)?"
)
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:(?:[a-z0-9()+,.:=@;$_!*'-]|%[0-9a-f]{2})+", re.IGNORECASE)
_UUID = re.compile(r"urn:uuid:[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}", re.IGNORECASE)
_HOST = r"(?:[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.|(?:[a-z0-9-]+\.)+)[a-z0-9][-a-z0-9]*"
_WEB = re.compile(rf"https?://{_HOST}(?::\d+)?(?:/|$)", re.IGNORECASE)
_SCHEMES = frozenset(
    str.split(
        "about acct bitcoin blob cid data dav dict dns example fax feed file ftp geo git go gopher h323 http https "
        "imap info ipfs ipns irc ircs jabber ldap ldaps magnet mailto matrix mid mms news nfs nntp pop rtsp service "
        "sftp sip sips sms snmp ssh tag tel telnet tftp tip tv urn view wais ws wss xmpp"
    )
)
"""Registered with IANA, and found in feeds."""
_PORTS = {"http": 80, "https": 443, "ftp": 21}
_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_UNRESERVED = re.compile(r"[0-9A-Za-z._~-]")


def address(
    *, is_absolute: bool = True, may_be_iri: bool = False, name: str | None = None, name_of_permalink: bool = False
) -> ValueRule:
    """Make the rule of an address.

    Args:
        is_absolute: It must have a scheme.
        may_be_iri: Letters beyond ASCII may stand in it (RFC 3987).
        name: Of the message for what is neither a bad character nor of a known scheme.
        name_of_permalink: The address must be one that a browser can open.
    """
    form = _ABSOLUTE if is_absolute else _REFERENCE
    otherwise = name or ("InvalidFullLink" if is_absolute else "InvalidIRI" if may_be_iri else "InvalidLink")

    def check(value: str, source: Source) -> Iterator[Fault]:
        scheme = value.partition(":")[0].lower() if ":" in value else ""
        written = re.sub(r"[^\x00-\x7f]", "x", value) if may_be_iri else value
        if scheme == "tag":
            if not _TAG.fullmatch(value):
                yield Fault("InvalidTAG", f"{shown(value)} is no tag URI")
            elif name_of_permalink:
                yield Fault("InvalidPermalink", f"{shown(value)} is no address that can be opened")
        elif scheme == "urn":
            if value.lower().startswith("urn:uuid:"):
                if not _UUID.fullmatch(value):
                    yield Fault("InvalidUUID", f"{shown(value)} is no UUID")
                elif name_of_permalink:
                    yield Fault("InvalidPermalink", f"{shown(value)} is no address that can be opened")
            elif not _URN.fullmatch(value):
                yield Fault("InvalidURN", f"{shown(value)} is no URN")
        elif not form.fullmatch(written):
            foreign = FOREIGN.search(value)
            if foreign:
                yield Fault("InvalidUriChar", f"{shown(value)} holds {foreign[0]!r}, which no address may hold")
            elif not value.isascii() and form.fullmatch(re.sub(r"[^\x00-\x7f]", "x", value)):
                yield Fault("UriNotIri", f"{shown(value)} holds letters beyond ASCII")
            else:
                yield Fault(otherwise, f"{shown(value)} is no {'absolute ' if is_absolute else ''}address")
        elif scheme in ("http", "ftp", "https") and not re.match(r"\w+://[^/]", value):
            yield Fault(otherwise, f"{shown(value)} names no host")
        elif scheme.isalpha() and scheme not in _SCHEMES:
            yield Fault("SchemeNotIANARegistered", f"{shown(value)} has the scheme {shown(scheme)}")

    return check


def web_address(value: str, source: Source) -> Iterator[Fault]:
    """Look at an address that must be of the web and name a domain, as that of an enclosure in RSS."""
    if not _WEB.match(value) or not _ABSOLUTE.fullmatch(value):
        yield Fault("InvalidURLAttribute", f"{shown(value)} is no web address of a domain")


def canonical(value: str, source: Source) -> Iterator[Fault]:
    """Look at an address that is compared character by character, so that it should have its normal form."""
    faults = tuple(address()(value.strip(), source))
    yield from faults
    if not any(fault.name != "SchemeNotIANARegistered" for fault in faults):
        normal = normal_form(value.strip())
        if normal != value:
            yield Fault("NonCanonicalURI", f"{shown(value)} has the normal form {shown(normal)}")


def normal_form(value: str) -> str:
    """Bring an address to its normal form (RFC 3986 section 6.2.2 and 6.2.3).

    Example: `HTTP://Example.org:80/%7ea/../b` becomes `http://example.org/b`.
    """
    match = _PARTS.fullmatch(value)
    scheme, authority, path, query, fragment = match.groups() if match else (None, None, value, None, None)
    scheme = scheme.lower() if scheme else None
    if authority is not None:
        authority = _normal_authority(authority, scheme)
        path = _without_dots(path) or "/"
    elif path.startswith("/"):
        path = _without_dots(path)
    start = (f"{scheme}:" if scheme else "") + (f"//{authority}" if authority is not None else "")
    return start + "".join(map(_recode, (path, query or "", fragment or "")))


def _normal_authority(authority: str, scheme: str | None) -> str:
    user, _, host = authority.rpartition("@")
    host, colon, port = host.lower().partition(":") if "]" not in host else (host.lower(), "", "")
    if port and (not port.isdigit() or int(port) != _PORTS.get(scheme or "")):
        host += colon + port
    return f"{user}@{host}" if user.strip(":") else host


def _without_dots(path: str) -> str:
    """Remove `.` and `..` from a path that begins at the root."""
    kept: list[str] = []
    steps = path.split("/")
    for step in steps[1:]:
        if step == "..":
            del kept[-1:]
        elif step != ".":
            kept.append(step)
    if steps[-1] in (".", ".."):
        kept.append("")
    return "".join(f"/{step}" for step in kept)


def _recode(part: str) -> str:
    """Write percent-encodings with capitals, and none of what needs none."""

    def recode(octet: re.Match[str]) -> str:
        character = chr(int(octet[1], 16))
        return character if _UNRESERVED.fullmatch(character) else octet[0].upper()

    return re.sub(r"%([0-9A-Fa-f]{2})", recode, part)


def has_host(value: str) -> bool:
    """Tell whether an address names its host, so that it needs no other to be understood."""
    try:
        return bool(urlsplit(value).netloc)
    except ValueError:
        return False
