#!/usr/bin/env python3
"""A second opinion on an exported bundle: python3 verify_bundle.py <bundle> [<verifier key> ...]

Written from the specifications alone (RFC 6962, RFC 8032, RFC 8785, C2SP signed-note, tlog-checkpoint, tlog-tiles) with
nothing but Python's standard library, so that the program that wrote the bundle is not its own judge. Checks the
signature of every checkpoint, its root against the entries, every tile, and that each event is canonical and follows
the one before it in its stream. Prints one line; exit code 0 where all holds, 1 where not.
"""

import base64
import hashlib
import json
import os
import re
import struct
import sys

WIDTH = 256


class Fault(Exception):
    pass


# Ed25519 verification, RFC 8032 section 5.1

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def add_points(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    m = (y1 - x1) * (y2 - x2) % P
    n = (y1 + x1) * (y2 + x2) % P
    c = 2 * t1 * t2 * D % P
    d = 2 * z1 * z2 % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    total = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            total = add_points(total, point)
        point = add_points(point, point)
        scalar >>= 1
    return total


def same_point(a, b):
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * SQRT_MINUS_1 % P
    if (x * x - square) % P != 0:
        return None
    return P - x if x & 1 != sign else x


def decode_point(encoded):
    number = int.from_bytes(encoded, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def verify_ed25519(public_key, message, signature):
    if len(public_key) != 32 or len(signature) != 64:
        return False
    a, r = decode_point(public_key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    return same_point(multiply(s, BASE), add_points(r, multiply(k, a)))


# Hashes, RFC 6962 section 2.1


def hash_leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def hash_node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hash_node(root_of(hashes[:split]), root_of(hashes[split:]))


# Notes, keys and checkpoints


def parse_key(vkey):
    match = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)", vkey)
    if match is None:
        raise Fault(f"keys: {vkey} is no verifier key")
    name, key_id, material = match.group(1), bytes.fromhex(match.group(2)), base64.b64decode(match.group(3), validate=True)
    if material[:1] != b"\x01" or len(material) != 33:
        raise Fault(f"keys: {vkey} is no Ed25519 key of a log")
    if hashlib.sha256(name.encode() + b"\n" + material).digest()[:4] != key_id:
        raise Fault(f"keys: {vkey} has another id than its bytes give")
    return name, key_id, material[1:]


def open_checkpoint(place, note, keys, origin):
    split = note.rfind(b"\n\n")
    if split < 0:
        raise Fault(f"{place}: is no note")
    text, block = note[: split + 1], note[split + 2 :]
    if not block.endswith(b"\n"):
        raise Fault(f"{place}: does not end in a newline")
    good = 0
    for line in block.decode("utf-8").split("\n")[:-1]:
        match = re.fullmatch(r"\u2014 (\S+) ([A-Za-z0-9+/=]+)", line)
        if match is None:
            raise Fault(f"{place}: has a line that is no signature")
        signature = base64.b64decode(match.group(2), validate=True)
        if base64.b64encode(signature).decode() != match.group(2):
            raise Fault(f"{place}: has a signature in another encoding than the one")
        for name, key_id, public_key in keys:
            if (name, key_id) == (match.group(1), signature[:4]):
                if not verify_ed25519(public_key, text, signature[4:]):
                    raise Fault(f"{place}: the signature of {name} is bad")
                good += 1
    if good == 0:
        raise Fault(f"{place}: is not signed by a key of this log")
    lines = text.decode("utf-8").split("\n")
    if len(lines) < 4 or lines[-1] != "" or lines[0] != origin or not re.fullmatch(r"0|[1-9]\d{0,15}", lines[1]):
        raise Fault(f"{place}: is no checkpoint of {origin}")
    root = base64.b64decode(lines[2], validate=True)
    if len(root) != 32 or base64.b64encode(root).decode() != lines[2]:
        raise Fault(f"{place}: has no root")
    return int(lines[1]), root


# Events, RFC 8785: numbers are integers here, so Python writes them as ECMAScript does


def once(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands twice")
    return members


def no_float(text):
    raise ValueError(f"{text} is no integer")


def in_order(value):
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))}
    return [in_order(item) for item in value] if isinstance(value, list) else value


def read_event(place, data):
    try:
        event = json.loads(data.decode("utf-8"), object_pairs_hook=once, parse_float=no_float, parse_constant=no_float)
        again = json.dumps(in_order(event), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except ValueError as error:
        raise Fault(f"{place}: is not canonical JSON: {error}") from error
    if again != data:
        raise Fault(f"{place}: is not in its RFC 8785 form")
    return event


def check_links(events):
    heads = {}
    latest = ""
    for position, (event, leaf) in enumerate(events, 1):
        stream = event.get("subject")
        revision, link = heads.get(stream, (-1, None))
        if event.get("streamrev") != str(revision + 1):
            raise Fault(f"position {position}: is revision {event.get('streamrev')} of {stream}, not {revision + 1}")
        if event.get("prevleaf") != link:
            raise Fault(f"position {position}: its prevleaf is not the hash of the event before it in {stream}")
        if event.get("time", "") < latest:
            raise Fault(f"position {position}: was recorded before the event before it")
        latest = event["time"]
        heads[stream] = (revision + 1, leaf.hex())


# The files of a bundle, C2SP tlog-tiles


def index_path(index):
    digits = str(index).zfill(-(-len(str(index)) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])


def tile_path(level, index, width):
    return f"tile/{level}/{index_path(index)}" + ("" if width == WIDTH else f".p/{width}")


def read(bundle, place):
    try:
        with open(os.path.join(bundle, place), "rb") as file:
            return file.read()
    except OSError as error:
        raise Fault(f"{place}: {error.strerror}") from error


def read_entries(bundle, size):
    entries = []
    for first in range(0, size, WIDTH):
        width = min(WIDTH, size - first)
        place = tile_path("entries", first // WIDTH, width)
        data, at = read(bundle, place), 0
        for _ in range(width):
            if at + 2 > len(data):
                raise Fault(f"{place}: is too short")
            (length,) = struct.unpack_from(">H", data, at)
            entry = data[at + 2 : at + 2 + length]
            if len(entry) != length:
                raise Fault(f"{place}: is too short")
            entries.append((f"{place}: position {len(entries) + 1}", entry))
            at += 2 + length
        if at != len(data):
            raise Fault(f"{place}: is too long")
    return entries


def check_tiles(bundle, leaves):
    level, hashes = 0, leaves
    while hashes:
        for first in range(0, len(hashes), WIDTH):
            row = hashes[first : first + WIDTH]
            place = tile_path(level, first // WIDTH, len(row))
            if read(bundle, place) != b"".join(row):
                raise Fault(f"{place}: does not hold the hashes of the entries")
        hashes = [root_of(hashes[first : first + WIDTH]) for first in range(0, len(hashes) - WIDTH + 1, WIDTH)]
        level += 1


def verify(bundle, vkeys):
    manifest = json.loads(read(bundle, "bundle.json"))
    if set(manifest) != {"format", "origin"} or manifest["format"] != "duban-bundle/1":
        raise Fault("bundle.json: is of no format known here")
    origin = manifest["origin"]
    keys = [parse_key(vkey) for vkey in vkeys or read(bundle, "keys").decode("utf-8").split("\n")[:-1]]
    newest = read(bundle, "checkpoint")
    size, root = open_checkpoint("checkpoint", newest, keys, origin)
    if read(bundle, f"checkpoints/{size}") != newest:
        raise Fault("checkpoint: is not the one that is kept for its size")
    entries = read_entries(bundle, size)
    leaves = [hash_leaf(data) for _, data in entries]
    check_links([(read_event(place, data), leaf) for (place, data), leaf in zip(entries, leaves)])
    check_tiles(bundle, leaves)
    for name in sorted(os.listdir(os.path.join(bundle, "checkpoints")), key=int):
        place = f"checkpoints/{name}"
        at, signed = open_checkpoint(place, read(bundle, place), keys, origin)
        if str(at) != name or at > size or root_of(leaves[:at]) != signed:
            raise Fault(f"{place}: its root is not that of the entries")
    return f"verified {size} events of {origin}, root {base64.b64encode(root).decode()}"


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        print(verify(sys.argv[1], sys.argv[2:]))
        return 0
    except (Fault, ValueError, KeyError, TypeError) as error:
        print(f"NOT VERIFIED: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
