"""Reads folders of BSON dumps for the scripts that work numbers out in a second way: shares no line with the project."""

import gzip
import math
import struct
import xml.etree.ElementTree as ET


def documents(folder, collection):
    """Every document of a collection."""
    dump = gzip.open(f"{folder}/{collection}.bson.gz").read()
    at = 0
    while at < len(dump):
        yield read(dump, at)
        at += struct.unpack_from("<i", dump, at)[0]


def read(b, at):
    """One BSON document at an offset."""
    end = at + struct.unpack_from("<i", b, at)[0] - 1
    at += 4
    found = {}
    while at < end:
        kind, stop = b[at], b.index(0, at + 1)
        key, at = b[at + 1:stop].decode(), stop + 1
        if kind in (2, 3, 4, 5):
            size = struct.unpack_from("<i", b, at)[0]
        if kind == 1:
            value, at = struct.unpack_from("<d", b, at)[0], at + 8
        elif kind == 2:
            value, at = b[at + 4:at + 3 + size].decode(), at + 4 + size
        elif kind in (3, 4):
            value, at = read(b, at), at + size
            if kind == 4:
                value = list(value.values())
        elif kind == 5:
            value, at = b[at + 5:at + 5 + size], at + 5 + size
        elif kind == 7:
            value, at = b[at:at + 12].hex(), at + 12
        elif kind == 8:
            value, at = bool(b[at]), at + 1
        elif kind == 10:
            value = None
        elif kind == 16:
            value, at = struct.unpack_from("<i", b, at)[0], at + 4
        elif kind in (9, 18):
            value, at = struct.unpack_from("<q", b, at)[0], at + 8
        else:
            raise ValueError(f"BSON type {kind}")
        found[key] = value
    return found


def num(x):
    """Without the stand-ins for nothing."""
    if isinstance(x, bool) or not isinstance(x, (int, float)) or not math.isfinite(x):
        return None
    return None if abs(x) >= 9e39 or abs(x) == 999999999 else x


def parameters(p):
    """Of the input file, by lower-case name: a record in the old layout, XML in the other."""
    if isinstance(p, dict):
        return {k.lower(): v.strip("' ") if isinstance(v, str) else v for k, v in p.items()}
    found = {}
    for e in ET.fromstring(p).iter():
        if len(e) == 0:
            found.setdefault(e.tag.lower(), (e.text or "").strip("' "))
    return found
