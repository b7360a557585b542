"""Writes drafts of odd content, and reads what was exported of them with other programs."""

import json
import pathlib
import re
import subprocess
import sys
import zipfile

ISSUER = ("新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县" * 3)[:60]
ODD = [
    "（一）㑇家村。",
    "㑇、𠮷、䶮三字\t和𰻝、㐂都要在😀🇨🇳👨‍👩‍👧",
    "软回车之后",
    "又一行\x01与\x7f控制字符\x1b[31m",
    "1.小标题",
    "3<5&7>2、]]>、</td></table>、<条例>“引号”——破折号……省略号'单引号'\"",
    "网址https://www.example.gov.cn/very/long/path/without/any/place/to/break/a/line/at/index.html?id=1&b=2与后文",
    "零宽\u200b空格、软连字\u00ad符、\u202e反向\u202c、不间断\u00a0空格",
    "=SUM(A1:A2)与@提及、+1、-1",
]
BREAKS = ["\n", "\x0b", "\u2028", "\r\n", "\n", "\u2029", "\n", "\x0c"]
LINE = "本机关围绕群众关心的惠民补贴、工程建设和村务管理等事项及时公开，并按季度核对目录是否更新。"


def string(text):
    """A string of a draft file."""
    escaped = "".join(c if c not in '"\\' and c.isprintable() else f"\\u{{{ord(c):x}}}" for c in text)
    return f'"{escaped}"'


def is_total(cell):
    return cell.endswith(("@total", ".total")) or ".total_processed@" in cell


def drafts(folder):
    odd = ODD[0] + "".join(mark + line for mark, line in zip(BREAKS, ODD[1:]))
    for form, year in (("2019", 2020), ("2021", 2025)):
        printed = json.loads((folder / f"{form}.json").read_text())
        values = [s["cell"] for t in printed["tables"] for s in t["squares"] if s["kind"] == "value"]
        for kind in ("odd", "long"):
            text = odd if kind == "odd" else "\n".join([odd] + [f"{n}.第{n}方面\n" + LINE * 9 for n in range(2, 66)])
            cells = {cell: str(123456789 - number) for number, cell in enumerate(values) if not is_total(cell)}
            texts = {"issuer": ISSUER, "overview": text, "problems": odd, "other_matters": "无。"}
            body = f'(version: 1, report: (form: "{form}", year: {year}, texts: {{'
            body += ",".join(f"{string(key)}: {string(value)}" for key, value in texts.items()) + "}, cells: {"
            body += ",".join(f"{string(key)}: {string(value)}" for key, value in cells.items()) + "}))\n"
            (folder / f"{form}-{kind}.nianbao").write_text(body)


def bare(text):
    """What is seen of a text: no space, and nothing that has no picture of its own."""
    text = re.sub(r"[\s\u200b-\u200f\u00ad\u202a-\u202e\ufeff\ufe0f]", "", text)
    return "".join(c for c in text if c.isprintable())


def expected(kind):
    lines = list(ODD)
    if kind == "long":
        lines += [line for n in range(2, 66) for line in (f"{n}.第{n}方面", LINE * 9)]
    return [bare(line) for line in lines]


def numbers(form, folder):
    printed = json.loads((folder / f"{form}.json").read_text())
    values = [s["cell"] for t in printed["tables"] for s in t["squares"] if s["kind"] == "value"]
    return [str(123456789 - number) for number, cell in enumerate(values) if not is_total(cell)]


def in_order(name, wanted, text):
    at = 0
    for line in wanted:
        found = text.find(line, at)
        assert found >= 0, (name, line)
        at = found + len(line)


def read_docx(path):
    import docx

    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(paragraph.text for paragraph in document.paragraphs), cells


def read_html(path):
    import html5lib

    markup = path.read_text()
    if path.suffix == ".fragment":
        markup = f"<!DOCTYPE html><html><head><title>x</title></head><body>{markup}</body></html>"
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"))
    document = parser.parse(markup)
    assert not parser.errors, (path, parser.errors[:3])
    lines = ["".join(e.itertext()) for e in document.iter("{*}h1", "{*}h2", "{*}h3", "{*}h4", "{*}p")]
    return "\n".join(lines), ["".join(cell.itertext()) for cell in document.iter("{*}td")]


def read_xlsx(path):
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    return "", [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def read_txt(path):
    text = path.read_text()
    return text, re.split(r"[\t\n]", text)


def read_pdf(path):
    text = subprocess.check_output(["pdftotext", "-raw", path, "-"], stderr=subprocess.DEVNULL).decode()
    # A word of nine digits may be broken over two lines of a narrow cell; the number of a page stands between pages.
    text = re.sub(r"—\s*\d+\s*—\s*\f", "", text)
    return text, None


def well_formed(path):
    from lxml import etree

    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(package.read(part))


def check(folder):
    readers = {
        "docx": read_docx, "html": read_html, "fragment": read_html, "xlsx": read_xlsx, "txt": read_txt, "pdf": read_pdf,
    }
    for draft in sorted(folder.glob("*.nianbao")):
        form, kind = draft.stem.split("-")
        wanted = numbers(form, folder)
        for suffix, read in readers.items():
            text, cells = read(folder / f"{draft.stem}.{suffix}")
            seen = bare(text)
            if suffix in ("docx", "xlsx"):
                well_formed(folder / f"{draft.stem}.{suffix}")
            if suffix == "pdf":
                check_pdf(draft.stem, kind, wanted, seen)
                continue
            if suffix != "xlsx":
                in_order((draft.stem, suffix), [ISSUER, *expected(kind), "无。"], seen)
            kept = {bare(cell).removesuffix("万元").removesuffix("元") for cell in cells}
            assert set(wanted) <= kept, (draft.stem, suffix, sorted(set(wanted) - kept)[:3])
        pages = subprocess.check_output(["pdfinfo", folder / f"{draft.stem}.pdf"], stderr=subprocess.DEVNULL).decode("utf8", "replace")
        count = int(re.search(r"Pages:\s+(\d+)", pages)[1])
        assert kind == "odd" or count >= 40, (draft.stem, count)
        theirs = subprocess.check_output(["pdftotext", "-raw", folder / "printed" / f"{draft.stem}.pdf", "-"], stderr=subprocess.DEVNULL)
        assert bare(ODD[5])[:12] in bare(theirs.decode()), draft.stem
        print(f"{draft.stem}：{len(wanted)}个九位数和{len(expected(kind))}段，六种格式都没有丢失；PDF共{count}页")


def check_pdf(name, kind, wanted, seen):
    for figure in wanted:
        assert figure in seen, (name, figure)
    # Characters of which no font here has a picture are told, and keep their meaning in the file.
    in_order((name, "pdf"), [bare(line)[:18] for line in expected(kind)], seen)


dict(drafts=drafts, check=check)[sys.argv[1]](pathlib.Path(sys.argv[2]))
