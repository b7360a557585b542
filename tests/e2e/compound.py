"""Writes compound files, as old office documents are: streams by their names, in sectors of 512 bytes."""
import struct

SECTOR = 512
FREE, END, LIST, LISTS = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
# The places of so many sectors of the list stand in the head of the file, of so many in each further one.
IN_HEAD, IN_SECTOR = 109, 127


def entry(name, kind, right, child, start, size):
    own = name.encode("utf-16-le") + b"\0\0" if name else b""
    head = own.ljust(64, b"\0") + struct.pack("<HBB", len(own), kind, 1)
    return head + struct.pack("<III", FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)


def compound(streams):
    sectors, following, found = [], [], []

    def put(data):
        start, count = len(sectors), -(-len(data) // SECTOR)
        for at in range(count):
            sectors.append(data[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\0"))
            following.append(start + at + 1 if at + 1 < count else END)
        return start

    for name, data in sorted(streams.items(), key=lambda stream: (len(stream[0]), stream[0].upper())):
        # What is smaller would stand among the small streams.
        data = data.ljust(4096, b"\0")
        found.append((name, put(data), len(data)))
    folder = entry("Root Entry", 5, FREE, 1, END, 0)
    for number, (name, start, size) in enumerate(found, 1):
        folder += entry(name, 2, number + 1 if number < len(found) else FREE, FREE, start, size)
    folder = put(folder)
    lists = further = 0
    while lists * 128 < len(following) + lists + further:
        lists += 1
        further = max(0, -(-(lists - IN_HEAD) // IN_SECTOR))
    first = len(sectors)
    following += [LIST] * lists + [LISTS] * further
    following += [FREE] * (lists * 128 - len(following))
    data = struct.pack(f"<{len(following)}I", *following)
    sectors += [data[at : at + SECTOR] for at in range(0, len(data), SECTOR)]
    places = list(range(first, first + lists))
    more = len(sectors) if further else END
    for number in range(further):
        part = places[IN_HEAD + number * IN_SECTOR :][:IN_SECTOR]
        part += [FREE] * (IN_SECTOR - len(part))
        part.append(more + number + 1 if number + 1 < further else END)
        sectors.append(struct.pack("<128I", *part))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<9I", 0, lists, folder, 0, 4096, END, 0, more, further)
    places = (places + [FREE] * IN_HEAD)[:IN_HEAD]
    return head + struct.pack(f"<{IN_HEAD}I", *places) + b"".join(sectors)
