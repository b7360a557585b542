"""Runs the program on files made to harm, and measures each run on its own."""
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

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
