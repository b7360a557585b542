"""Runs the program on files made to harm, and measures each run on its own."""
import io
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

from compound import compound

PROGRAM = os.environ["NIANBAO"]
SECONDS = 5.0
MEGABYTES = 256
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts:
            out.writestr(name, content)
    return data.getvalue()


def bomb():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        with out.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(1 << 10):
                part.write(b" " * (1 << 20))
    return data.getvalue()


def word(body):
    return package([("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")])


def entities(count):
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, count))
    return f'<!DOCTYPE a [<!ENTITY e0 "甲甲甲甲">{lines}]><a>&e{count - 1};</a>'


def workbook(sheet, styles="<a/>", texts="<a/>"):
    parts = {"worksheet": "s.xml", "styles": "f.xml", "sharedStrings": "t.xml"}
    related = "".join(f"<R Id='{kind}' Type='/{kind}' Target='{part}'/>" for kind, part in parts.items())
    return package(
        [
            ("_rels/.rels", "<R><R Id='a' Type='/officeDocument' Target='xl/book.xml'/></R>"),
            ("xl/book.xml", "<w><sheet name='a' id='worksheet'/></w>"),
            ("xl/_rels/book.xml.rels", f"<R>{related}</R>"),
            ("xl/s.xml", f"<w>{sheet}</w>"),
            ("xl/f.xml", styles),
            ("xl/t.xml", texts),
        ]
    )


def formats(code, count):
    styles = "<xf numFmtId='164'/>" * count
    return f"<s><numFmt numFmtId='164' formatCode='{code}'/><cellXfs>{styles}</cellXfs></s>"


def open_book(rows, header="", tables=1):
    return package(
        [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("styles.xml", f"<s><master-page><header><p>{header}</p></header></master-page></s>"),
            ("content.xml", f"<d>{f'<table>{rows}</table>' * tables}</d>"),
        ]
    )


def lying_package():
    """A package that says of its text that it is small, though it is not."""
    data = bytearray(package([("word/document.xml", " " * (200 << 20))]))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def record(kind, content):
    return struct.pack("<HH", kind, len(content)) + content


def old_book(shared, cells):
    """An .xls of one sheet; what its cells share stands before it."""
    begin = record(0x809, struct.pack("<HHII", 0x600, 5, 0, 0))
    listed = lambda at: record(0x85, struct.pack("<IH", at, 0) + b"\1\0a")
    before = begin + listed(0) + shared + record(0x0A, b"")
    book = begin + listed(len(before)) + shared + record(0x0A, b"")
    return compound({"Workbook": book + begin + cells + record(0x0A, b"")})


def old_cells(rows, columns):
    cell = lambda row, column: record(0x203, struct.pack("<HHHd", row, column, 0, 1.5))
    return b"".join(cell(row, column) for row in range(rows) for column in range(columns))


def old_document(text, pieces):
    """A .doc whose text is made of the same bytes again and again."""
    word = bytearray(2048)
    word[:4] = b"\xec\xa5\xc1\0"
    for at, value in (10, 0x200), (32, 14), (62, 22), (152, 93):
        struct.pack_into("<H", word, at, value)
    places = b"".join(struct.pack("<I", number * len(text)) for number in range(pieces + 1))
    places += struct.pack("<HIH", 0, len(word) * 2 | 0x40000000, 0) * pieces
    table = b"\2" + struct.pack("<I", len(places)) + places
    struct.pack_into("<I", word, 76, len(text) * pieces)
    struct.pack_into("<II", word, 154 + 33 * 8, 0, len(table))
    return compound({"WordDocument": bytes(word) + text, "1Table": table})


def pdf(content, things=()):
    """A page that draws this, and has forms or pictures 0, 1, 2 ... of these heads and bytes."""
    named = " ".join(f"/X{number} {number + 5} 0 R" for number in range(len(things)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<<"
        + f"{named}>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>".encode(),
    ]
    for head, body in [("", content), *things]:
        packed = zlib.compress(body.encode())
        head = f"<<{head}/Resources<</XObject<<{named}>>>>/Filter/FlateDecode/Length {len(packed)}>>stream\n"
        objects.append(head.encode() + packed + b"\nendstream")
    body = b"".join(b"%d 0 obj%sendobj\n" % part for part in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size %d>>" % (len(objects) + 1)


def ofd(page, shared=""):
    return package(
        [
            ("OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>"),
            (
                "D.xml",
                "<Document><CommonData><PublicRes>R.xml</PublicRes></CommonData>"
                "<Pages><Page ID='0' BaseLoc='P.xml'/></Pages></Document>",
            ),
            ("R.xml", f"<Res>{shared}</Res>"),
            ("P.xml", f"<Page><Content><Layer>{page}</Layer></Content></Page>"),
        ]
    )


def unit(number):
    inside = f"<CompositeObject ResourceID='{number + 1}'/>" * 3
    return f"<CompositeGraphicUnit ID='{number}'><Content>{inside}</Content></CompositeGraphicUnit>"


def written(text, steps=""):
    return f"<TextObject Boundary='20 40 170 6' Size='5'><TextCode X='0' Y='5' DeltaX='{steps}'>{text}</TextCode></TextObject>"


FORM = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
CUT = "".join(f"{n % 400 * 1.5} {n // 400 * 1.5} .6 .6 re " for n in range(200_000))
ROWS = 400_000
CELL = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr></w:tc></w:tr>'
FILES = {
    "zip bomb.docx": bomb,
    "lying size.docx": lying_package,
    "entities.docx": lambda: package([("word/document.xml", entities(12))]),
    "10000 deep.docx": lambda: word("<w:tbl><w:tr><w:tc>" * 10_000),
    "runs in runs.docx": lambda: word("<w:r>" * 200_000),
    "1 GB of spans.docx": lambda: word(f"<w:tbl>{CELL * 20_000}</w:tbl>"),
    "endless rows.docx": lambda: word(f"<w:tbl>{'<w:tr><w:tc/></w:tr>' * ROWS}</w:tbl>"),
    "endless text.docx": lambda: word(f"<w:p><w:r><w:t>{'甲' * (10 << 20)}</w:t></w:r></w:p>"),
    "formats.xlsx": lambda: workbook("", formats("_a" * (1 << 19), 10_000)),
    "long format.xlsx": lambda: workbook("<row><c r='A1'><v>1</v></c></row>" * 600_000, formats("_a" * (1 << 20) + ";", 1)),
    "blanks.xlsx": lambda: workbook(
        "<row><c r='A1' t='s'><v>0</v></c></row>" * 600_000, texts=f"<s><si><t>{' ' * (6 << 20)}</t></si></s>"
    ),
    "hidden columns.xlsx": lambda: workbook("<col min='1' max='256' hidden='1'/>" * 800_000),
    "gaps.ods": lambda: open_book("<table-row><table-cell><p>" + "<s c='999'/>" * 1_500_000 + "</p></table-cell></table-row>"),
    "blank spans.ods": lambda: open_book(
        "<table-row number-rows-repeated='5000'><table-cell number-rows-spanned='2' number-columns-repeated='30'>"
        f"<p>{'　' * (1 << 20)}</p></table-cell></table-row>"
    ),
    "headers.ods": lambda: open_book("<table-row><table-cell><p>0</p></table-cell></table-row>", "甲" * (5 << 20), 60),
    "long text.xls": lambda: old_book(
        record(0xFC, struct.pack("<IIHB", 1, 1, 4_000, 0) + b"a" * 4_000), old_cells(5_000, 100)
    ),
    "long format.xls": lambda: old_book(
        record(0x41E, struct.pack("<HHB", 164, 8_000, 0) + b"_a" * 4_000) + record(0xE0, struct.pack("<HH", 0, 164) + bytes(16)),
        old_cells(5_000, 100),
    ),
    "hidden columns.xls": lambda: old_book(b"", record(0x7D, struct.pack("<6H", 0, 255, 9, 0, 1, 0)) * 1_000_000),
    "pieces over one.doc": lambda: old_document(b"a" * 500_000, 2_000),
    "tiny pieces.doc": lambda: old_document(b"a", 1_500_000),
    "groups.rtf": lambda: "{\\rtf1 " + "{\\b a}" * 4_000_000 + "}",
    "rows.rtf": lambda: "{\\rtf1 " + "\\trowd\\cellx1\\cellx2\\intbl 1\\cell 2\\cell\\row " * 500_000 + "}",
    "nested.rtf": lambda: "{\\rtf1 " + "\\itap500\\nestcell\\nestrow " * 800_000 + "}",
    "one long text.pdf": lambda: pdf("BT /F 9 Tf (" + "a" * 20_000_000 + ") Tj ET"),
    "one long list.pdf": lambda: pdf("/X0 Do", [(FORM, "BT /F 9 Tf [" + "(aaaa) 1 " * 4_000_000 + "] TJ ET")]),
    "forms in forms.pdf": lambda: pdf("/X0 Do", [(FORM, f"/X{n} Do " * 3) for n in range(1, 31)]),
    "rules.pdf": lambda: pdf("".join(f"{n * 0.3} 0 m {n * 0.3} 800 l S 0 {n * 0.4} m 600 {n * 0.4} l S " for n in range(2_000))),
    "dots.pdf": lambda: pdf(CUT + "f"),
    "units in units.ofd": lambda: ofd("<CompositeObject ResourceID='0'/>", "".join(map(unit, range(30)))),
    "steps.ofd": lambda: ofd(written("甲" * 1_000, "g 1000000000 5") * 1_000),
    "long text.ofd": lambda: ofd(written("甲" * 8_000_000)),
    "parts in parts.mht": lambda: "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(100_000)
    ),
    "list.zip": lambda: b"PK\x03\x04" + (b"PK\x01\x02" + bytes(42)) * 600_000,
    "ends.zip": lambda: b"PK\x03\x04" + (b"PK\x05\x06" + bytes(4) + b"\1\0\1\0" + bytes(10)) * 1_400_000,
    "many parts.docx": lambda: package([(f"{n}.xml", "") for n in range(20_000)]),
    "10000 deep.html": lambda: "<div>" * 10_000,
    "deep tables.html": lambda: "<table><tr><td>" * 10_000,
    "1 GB of spans.html": lambda: "<table>" + "<tr><td rowspan=999999999 colspan=999999999>0" * 20_000,
    "spans.html": lambda: "<span>" * 5_000_000,
    "endless rows.html": lambda: "<table>" + "<tr><td>规章<td>0" * 60_000,
    "entities.html": lambda: "&amp;" * (3 << 20),
    "hidden.html": lambda: '<p style="display:none">' * 1_900 + "<i>一</i>" * 60_000,
    "attributes.html": lambda: "<p " + " ".join(f"a{n}=1" for n in range(300_000)) + ">",
    "attributes 2.html": lambda: ("<p " + "/".join(f"a{n}" for n in range(8_000)) + ">") * 100,
    "endless rows.txt": lambda: "规章\t0\t0\t0\n" * ROWS,
    "long line.txt": lambda: "甲 1 " * (4 << 20),
    "columns.txt": lambda: "1.甲  1  2\n   乙\n" * 60_000,
    "figures.txt": lambda: "规章\n" + "0\n" * 190_000,
    "bars.txt": lambda: "|" * (8 << 20),
    "endless rows.md": lambda: "| 规章 | 0 | 0 | 0 |\n" * 190_000,
    "tables.md": lambda: "<table>" * 1_000_000,
    "grid.md": lambda: "+--+--+\n|甲|1|\n" * 90_000,
    "too large.txt": lambda: "0\n" * (60 << 20),
}


def run(file):
    draft = file.with_suffix(".nianbao")
    errors = file.with_suffix(".err")
    with open(errors, "wb") as err:
        child = subprocess.Popen(
            [PROGRAM, "import", str(file), "-o", str(draft)],
            stdout=subprocess.DEVNULL,
            stderr=err,
        )
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    said = errors.read_text(encoding="utf-8", errors="replace")
    # Time on the processor does not depend on what else the machine does.
    return child.returncode, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, said


def main():
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for name, make in FILES.items():
            file = pathlib.Path(folder) / name
            # In a process of its own, since a child is charged with the memory it is born with.
            maker = os.fork()
            if maker == 0:
                content = make()
                file.write_bytes(content if isinstance(content, bytes) else content.encode())
                os._exit(0)
            os.waitpid(maker, 0)
            size = file.stat().st_size / (1 << 20)
            code, seconds, megabytes, said = run(file)
            lines = said.strip().splitlines()
            sys.stdout.flush()
            print(f"{name:20} {size:7.1f} MB  exit {code}  {seconds:5.2f} s  {megabytes:5.0f} MB  {lines[:1]}")
            refused = code == 2 and len(lines) == 1
            bounded = seconds <= SECONDS and megabytes <= MEGABYTES
            if not bounded or not refused:
                failed.append(name)
            file.unlink()
    if failed:
        sys.exit("not refused in bounds: " + ", ".join(failed))


main()
