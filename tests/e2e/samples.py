"""Invented reports for the pages to be tried on: a near-empty one, a full one, one of 40 pages."""

import random
import subprocess
import sys

SUBJECTS = ["镇党政综合办公室", "各村（社区）", "便民服务中心", "镇政务公开领导小组", "财政所、司法所等7个站所", "“一窗受理”窗口"]
VERBS = ["印发", "主动公开", "更新", "修订", "集中清理", "逐条核对", "及时发布"]
OBJECTS = [
    "《政府信息公开指南》（2025年版）", "惠农补贴信息312条", "规范性文件8件、政策解读12篇", "财政预决算2份",
    "“三公”经费支出情况", "乡村振兴项目37个，资金1,286.5万元", "“两微一端”栏目（含镇级子站2个）",
    "微信公众号信息1024篇次，阅读量达3.6万人次", "12345热线工单，办结率99.2%", "A类信息15项；B类信息8项",
    "重大民生工程进度", "Word版和PDF版的年度报告", "《条例》第二十条第（一）、（五）、（六）、（八）项规定的信息",
]
RARE = [
    "——这是群众最关心的", "……共6期", "（见附表1-3）", "（Word、PDF两种格式）", "（网址：https://www.example.gov.cn/zwgk）",
]
TAILS = ["，群众满意度进一步提升", "，做到应公开尽公开", "，比上年增加18.5%", "；对不予公开的，依法说明理由", "，切实保障群众的知情权、参与权、表达权、监督权", ""]


def sentence(dice):
    words = dice.choice(SUBJECTS) + dice.choice(VERBS) + dice.choice(OBJECTS)
    rare = dice.choice(RARE) if dice.random() < 0.06 else ""
    return words + rare + dice.choice(TAILS) + "。"


def passage(dice, paragraphs):
    for number in range(paragraphs):
        if number % 4 == 0:
            yield f"（{'一二三四五六七八九十'[number // 4 % 10]}）第{number // 4 + 1}方面的工作情况"
        yield "".join(sentence(dice) for _ in range(dice.randint(1, 7)))


def report(text, seed, paragraphs):
    """The exported text with its first and last passage replaced."""
    dice = random.Random(seed)
    lines = text.splitlines()
    found = [at for at, line in enumerate(lines) if line[:2] in ("一、", "二、", "五、", "六、")]
    first, second, fifth, sixth = found[0], found[-3] if len(found) > 4 else found[1], found[-2], found[-1]
    second = next(at for at, line in enumerate(lines) if line.startswith("二、") and at > first)
    return "\n".join(
        lines[: first + 1] + list(passage(dice, paragraphs)) + lines[second : fifth + 1]
        + list(passage(dice, max(paragraphs // 3, 1))) + lines[sixth : sixth + 1] + list(passage(dice, 1))
    ) + "\n"


def main(nianbao, folder):
    text = subprocess.run(
        [nianbao, "export", f"{folder}/demo.nianbao", "--force", "--to", "txt", "-o", "-"],
        capture_output=True, text=True, check=True,
    ).stdout
    for name, seed, paragraphs in (("full", 1, 24), ("other", 2, 16), ("forty", 3, 98)):
        open(f"{folder}/{name}.txt", "w").write(report(text, seed, paragraphs))


if __name__ == "__main__":
    main(*sys.argv[1:])
