"""Reports with every kind of mistake: one with most of them, and others for what excludes another."""

from pathlib import Path

from tests.command_line import GOOD

TOWN = "𬭁镇"
"""A name that takes two UTF-16 units and four bytes a character where others take one and three."""

_IN_ONE = (
    ("# 柏屿县杏花坞镇人民政府", f"# 柏屿县{TOWN}人民政府"),
    ("## 一、总体情况", "### 一、总体工作情形"),
    (
        "政府信息管理方面：",
        "<!-- disclosure-lint: ignore[DL206] 没有用处 -->\n\n" + "全年工作有序开展。" * 110 + "\n\n另外，",
    ),
    ("把公开工作列入年度考核", f"{TOWN}××镇与太谷县政府把公开工作列入考核"),
    ("| 规章 | 0 | 0 | 0 |", "| 规章 | 3 | 0 | 1 |"),
    ("| 行政规范性文件 | 0 | 0 | 0 |", "| 行政规范性文件 | 0 | 0 | 0 | 4 | 5 | 6 |"),
    ("| 行政许可 | 0 | | |", "| 行政许可 | 无 | | |"),
    ("| 行政处罚 | 33 | | |", "| 行政处罚 | -3 | | |"),
    ("| 行政强制 | 0 | | |", "| 行政强制 | | | |"),
    ("| 4 | 0 | 0 | 0 | 0 | 0 | 4 |", "| 5 | 0 | 0 | 0 | 0 | 0 | 4 |"),
    ("| （七）总计 | | 5 | 0 |", "| （七）总计 | | 5 | 1 |"),
    ("| | | 8.属于行政查询事项 |", "| | | 8.甲乙丙丁 |"),
    ("| 0 | 0 | 2 | 1 | 3 | 1 |", "| 0 | 0 | 2 | 1 | 4 | 1 |"),
    ("存在的问题：一是", "一、个别科室不够细致。\n\n工作：一是"),
    ("改进情况：一是每季度", "做法：一是每季度"),
    ("本年度收取信息处理费为零。", "本年度收取信息处理费2件。"),
    ("本年度没有其他需要报告的事项。", "本年度没有其他需要报告的事项。\n\n## 七、附则\n\n无。"),
)
"""What is right in the report of an example, and what is to stand there instead."""


def many() -> str:
    """Returns a report with most kinds of mistake at once."""
    text = GOOD.read_text(encoding="utf-8")
    for right, wrong in _IN_ONE:
        assert right in text, right
        text = text.replace(right, wrong, 1)
    return text


def write_all(folder: Path) -> list[str]:
    """Writes the reports; returns their paths, in order."""
    good = GOOD.read_text(encoding="utf-8")
    one, two, four, five, six = (good.index(f"## {number}、") for number in "一二四五六")
    review = "## 四、政府信息公开行政复议、行政诉讼情况\n\n"
    files = {
        f"2024 年/{TOWN},100%:#1.md": many(),
        "缺.md": (good[:four] + good[five:]).replace("本年度收取信息处理费为零。", ""),
        "无题.md": good.partition("\n")[2],
        "空.md": good[:four] + review + good[five:],
        "乱.md": good[:two] + good[five:six] + good[two:five] + good[six:] + good[five:six],
        "九九.md": good.replace("2024年", "1999年"),
        f"2024 年/{TOWN}短.md": (
            f"{good[:one]}## 一、总体情况\n\n全年平稳。\n\n{good[two:five]}"
            f"## 五、存在的主要问题及改进情况\n\n存在的问题：个别科室答复不够细致。\n\n{good[six:]}"
        ),
        "不是.md": "今天的会议改在下午。\n",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (folder / "坏.md").write_bytes(b"\x00\xff\xfe\x81" * 40)
    return [(folder / name).as_posix() for name in (*files, "坏.md")]
