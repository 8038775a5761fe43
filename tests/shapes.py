"""Small fictional studies of every shape, and the notebooks' cells run on them without a kernel."""

import ast
import csv
import io
import json
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, fields
from itertools import combinations, product
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHOICES = {
    "codebook": (True, False),
    "category": (True, False),
    "sessions": ("many", "one", "none", "unrecorded"),
    "attributes": ("many", "none", "one value", "each its own"),
    "replies": (True, False),
    "n": (29, 0, 1, 3, 30, 400),
    "set_aside": (False, True),
    "undecided": (False, True),
}
_TOPICS = (
    ("交通", "バスの本数が少なく、病院へ行くのに困っているので増やしてほしい"),
    ("公園", "公園の遊具が古く、子どもが安心して遊べないので直してほしい"),
    ("広報", "市からのお知らせが届かない。広報の配り方を見直すべきではないか"),
    ("防災", "避難所の場所が分かりにくい。地図に大きく書いてはどうか"),
)
_CODEBOOK = (
    "＊バス\nバス | 本数\n＊公園\n公園 | 遊具\n＊お知らせ\n広報 | お知らせ\n＊誰も言わない\n空港\n"
)


@dataclass(frozen=True)
class Shape:
    """What a study has and has not."""

    codebook: bool = True
    category: bool = True
    sessions: str = "many"
    attributes: str = "many"
    replies: bool = True
    n: int = 29
    set_aside: bool = False
    undecided: bool = False

    @property
    def name(self):
        return "-".join(str(value).replace(" ", "_") for value in asdict(self).values())


def cover_pairs():
    """Return shapes among which each two choices stand together at least once."""
    names = [field.name for field in fields(Shape)]
    missing = {
        ((a, x), (b, y))
        for a, b in combinations(names, 2)
        for x, y in product(CHOICES[a], CHOICES[b])
    }
    everything = [dict(zip(names, each, strict=True)) for each in product(*CHOICES.values())]
    shapes = []
    while missing:
        best = max(everything, key=lambda each: len(missing & set(combinations(each.items(), 2))))
        missing -= set(combinations(best.items(), 2))
        shapes.append(Shape(**best))
    return shapes


def write_study(root, shape, name="town"):
    """Write a project with one study of a shape, and return its name."""
    study, raw = root / "studies" / name, root / "data" / "raw" / name
    for folder in (study, raw):
        folder.mkdir(parents=True)
    (root / "pyproject.toml").touch()
    if not (root / "notebooks").exists():
        (root / "notebooks").symlink_to(ROOT / "notebooks")
    rows = [_row(shape, number) for number in range(shape.n)]
    with (raw / "opinions.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(_row(shape, 0)))
        writer.writeheader()
        writer.writerows(rows)
    (study / "study.toml").write_text(_toml(shape), encoding="utf-8")
    if shape.codebook:
        (study / "codebook.txt").write_text(_CODEBOOK, encoding="utf-8")
    return name


def _row(shape, number):
    category, text = _TOPICS[number % len(_TOPICS)]
    text = f"{text}。{number}番目の{'佐藤さんの' * (shape.undecided and number == 0)}声です"
    row = {"番号": f"X{number + 1}", "ご意見": "特になし" if shape.set_aside else text}
    if shape.category:
        row["分類"] = category
    if shape.sessions != "none":
        row["回"] = {"many": number % 3 + 1, "one": 1, "unrecorded": ""}[shape.sessions]
    if shape.attributes != "none":
        values = {
            "many": f"{number % 5 + 2}0代",
            "one value": "30代",
            "each its own": f"{number}号",
        }
        row["年代"] = values[shape.attributes]
    if shape.replies:
        row["市の考え方"] = "今後の参考にします。"
    return row


def _toml(shape):
    columns = ['text = "ご意見"', 'id = "番号"']
    columns += ['category = "分類"'] * shape.category
    columns += ['session = "回"'] * (shape.sessions != "none")
    columns += ['attributes = ["年代"]'] * (shape.attributes != "none")
    columns += ['reply = "市の考え方"'] * shape.replies
    return "\n".join(
        [
            'title = "架空の町の声(架空)"',
            'source = "架空の資料「町の声」"',
            "date = 2025-06-03",
            "[reading]",
            'reader = "spreadsheet"',
            'file = "opinions.csv"',
            "header_rows = [1]",
            "[reading.columns]",
            *columns,
            "[clusters]",
            'effort = "quick"',
            "",
        ]
    )


def run_cells(path, study):
    """Run a notebook's cells in this process, as a kernel would; return what each cell shows."""
    namespace, shown = {}, []
    for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        if "parameters" in cell["metadata"].get("tags", ()):
            source = f"STUDY = {study!r}"
        shown.append(_run_cell(source, namespace))
    return shown


def _run_cell(source, namespace):
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with redirect_stdout(io.StringIO()):
        exec(compile(tree, "<cell>", "exec"), namespace)
        value = (
            eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace) if last else None
        )
    if value is None:
        return ""
    return value._repr_html_() if hasattr(value, "_repr_html_") else repr(value)
