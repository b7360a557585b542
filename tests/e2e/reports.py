"""Writes invented reports as text: near empty, full, and forty pages long, on both forms."""
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
LINE = "本机关围绕群众关心的惠民补贴、工程建设和村务管理等事项及时公开，并按季度核对目录是否更新。"


def table(printed, figure):
    grid = [[""] * printed["columns"] for _ in range(printed["rows"])]
    for number, square in enumerate(printed["squares"]):
        text = figure(number) if square["kind"] == "value" else square["text"]
        grid[square["row"]][square["column"]] = text
    return "\n".join("\t".join(row) for row in grid)


def passage(kind, section):
    if kind == "small":
        return "无。"
    parts = ["（一）主要情况", LINE * 3, "1.目录更新", LINE, "（二）其他。" + LINE]
    if kind == "long" and section == "overview":
        parts += [f"{n}.第{n}方面情况\n第{n}项，" + LINE * 8 for n in range(2, 66)]
    return "\n".join(parts)


for form, year in (("2019", 2020), ("2021", 2025)):
    printed = json.loads((folder / f"{form}.json").read_text())
    tables = {table["id"]: table for table in printed["tables"]}
    for kind, issuer in (
        ("small", "青石镇人民政府"),
        ("full", "云溪县人民政府办公室"),
        ("long", "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民政府办公室"),
    ):
        figure = (lambda n: "0") if kind == "small" else (lambda n: str(n * 37 % 99991))
        lines = [f"{issuer}{year}年政府信息公开工作年度报告", ""]
        for section in printed["sections"]:
            if section["heading"]:
                lines += ["", section["heading"]]
            if section["kind"] == "table":
                lines += ["", table(tables[section["id"]], figure), ""]
            elif section["heading"]:
                lines.append(passage(kind, section["id"]))
            elif kind != "small":
                lines.append("本报告所列数据的统计期限为全年，如有疑问请与本机关联系。")
        (folder / f"{form}-{kind}.txt").write_text("\n".join(lines) + "\n")
