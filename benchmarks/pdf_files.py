"""Fictional results of public comments as PDFs, made by three programs, each with its truth."""

import html
import random
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SUBJECTS = (
    "駅前の駐輪場",
    "図書館の開館時間",
    "公民館の予約の仕方",
    "朝の通学路",
    "川沿いの遊歩道",
    "市営プール",
    "学童保育の定員",
    "ごみの分別表",
    "街灯の少ない道",
    "公園の遊具",
    "市役所の窓口",
    "防災無線の放送",
    "避難所の案内",
    "広報の字の大きさ",
    "コミュニティバス",
    "保育所の申込み",
    "空き家の管理",
    "市のホームページ",
)
COMPLAINTS = (
    "がとても使いにくい",
    "について知らない人が多い",
    "は今のままでよいと思う",
    "が夜になると暗くて怖い",
    "の数が足りず、毎朝並んでいる",
    "は高齢の親には分かりにくい",
    "が10年前から変わっていない",
    "に、子どもを連れて行ける場所がない",
    "は週3回だけでは少ない",
    "の説明がPDFしかなく、スマホでは読めない",
)
WISHES = (
    "もう少し増やしてほしい。",
    "早めに直してください。",
    "案を作る前に、使う人の話を聞いてほしい。",
    "予算をかけてでも続けてほしい。",
    "「誰でも使える」と書くなら、車いすの人にも聞いてください。",
    "隣の市のように、Wi-Fi とベンチを置くだけでも違うと思います。",
    "2,400円の負担は重い。",
    "令和4年度の計画(第2章)にあった目標は、どうなったのでしょうか?",
    "無理なら、その理由を知りたい。",
    "私は、週に2回しか行けません。それでも、なくなると困ります。",
    "税金の使い方として、これでよいのか疑問だ。",
    "小さなことのようですが、毎日のことなので、ぜひお願いします。",
    "①時間を延ばす、②場所を増やす、③電話でも受け付ける、のどれかを。",
)
REPLIES = (
    "御意見として承り、今後の取組の参考とさせていただきます。",
    "本計画の第3章に記載しているとおり、段階的に整備を進めてまいります。",
    "御意見を踏まえ、計画本文を修正します。",
    "本計画の対象外ですが、担当課に伝えます。",
    "引き続き、関係機関と連携して取り組んでまいります。なお、具体的な内容は、今後、審議会において協議します。",
)
KINDS = ("参考", "記載済", "修正", "対象外", "その他")
PLACES = (
    "第1章 総論",
    "第2章 基本方針",
    "交通",
    "子育て・教育",
    "防災・安全",
    "全般",
    "公共施設の配置と運営",
)
GOTHIC, MINCHO = "IPAexGothic", "IPAexMincho"


@dataclass
class Sample:
    """One file to make: what it holds, and how it looks."""

    name: str
    made_by: str
    kind: str
    headers: list[str]
    rows: list[list[str]]
    look: dict[str, Any] = field(default_factory=dict)
    groups: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def merged_column(self) -> int | None:
        """The column whose equal neighbours are one cell."""
        return self.look.get("merged")


def opinion(rng: random.Random, *, longest: int = 5) -> str:
    """Return one fictional opinion of one to `longest` sentences."""
    subject = rng.choice(SUBJECTS)
    said = subject + rng.choice(COMPLAINTS) + "。"
    return said + "".join(rng.sample(WISHES, rng.randint(0, longest - 1)))


def reply(rng: random.Random) -> str:
    """Return one fictional answer of the city."""
    return "".join(rng.sample(REPLIES, rng.choice((1, 1, 1, 2, 3))))


COLUMNS = (
    ("No.", "該当箇所", "御意見の概要", "市の考え方", "対応"),
    ("番号", "意見の内容", "市の考え方"),
    ("分類", "番号", "御意見(要旨)", "回答"),
    ("番号", "項目", "意見の概要", "件数", "市の考え方", "対応区分"),
    ("番号", "御意見", "市の考え方", "対応", "備考"),
    ("御意見の概要", "市の考え方"),
)


def table(
    rng: random.Random, n: int, headers: tuple[str, ...], *, longest: int = 5
) -> list[list[str]]:
    """Return rows of a table of opinions; equal places stand together."""
    places = sorted(rng.choice(PLACES) for _ in range(n))
    rows = []
    for number in range(n):
        cells = []
        for header in headers:
            if header in ("No.", "番号"):
                cells.append(str(number + 1))
            elif header in ("該当箇所", "分類", "項目"):
                cells.append(places[number])
            elif "意見" in header:
                cells.append(opinion(rng, longest=longest))
            elif header in ("市の考え方", "回答"):
                cells.append(reply(rng))
            elif header == "件数":
                cells.append(str(rng.randint(1, 12)))
            elif header == "備考":
                cells.append(rng.choice(("", "", "匿名", "同趣旨2件")))
            else:
                cells.append(rng.choice(KINDS))
        rows.append(cells)
    return rows


def make_samples(n: int, seed: int = 0) -> list[Sample]:
    """Return `n` samples that take turns among programs and kinds."""
    rng = random.Random(seed)
    kinds = (
        ("writer", "ruled"),
        ("chromium", "ruled"),
        ("reportlab", "ruled"),
        ("writer", "ruled"),
        ("chromium", "lines"),
        ("writer", "lines"),
        ("reportlab", "lines"),
        ("writer", "borderless"),
        ("chromium", "borderless"),
        ("chromium", "ruled"),
        ("writer", "items"),
        ("chromium", "items"),
    )
    return [_sample(rng, number, *kinds[number % len(kinds)]) for number in range(n)]


def _sample(rng: random.Random, number: int, made_by: str, kind: str) -> Sample:
    headers = rng.choice(COLUMNS if kind == "ruled" else COLUMNS[:5])
    n_rows = rng.choice((1, 5, 12, 20, 30, 60))
    name = f"{number:04}_{made_by}_{kind}"
    look = {
        "font": rng.choice((GOTHIC, MINCHO)),
        "size": rng.choice((8, 9, 10, 10.5, 10.5, 11, 12)),
        "page": rng.choice(("A4", "A4", "A4L", "A3L", "B5", "Letter")),
        "border": rng.choice(("single", "single", "single", "double", "dotted", "dashed")),
        "width": rng.choice((0.25, 0.5, 0.75, 1, 1.5, 2.25)),
        "repeat": rng.random() < 0.6,
        "split": rng.random() < 0.7,
        "fill": rng.random() < 0.4,
        "head": rng.random() < 0.6,
        "number": rng.choice(("- {} -", "{}", "{} ページ", "p.{}", "")),
        "note": rng.random() < 0.3,
        "middle": rng.random() < 0.5,
        "padding": rng.choice((2, 4, 6)),
        "justify": rng.random() < 0.4,
        "tables": 2 if rng.random() < 0.2 else 1,
        "columns": 2 if kind == "items" and rng.random() < 0.3 else 1,
        "bullet": rng.choice(("・", "list", "○", "")),
        "vertical": kind == "items" and rng.random() < 0.2,
        "ruby": kind == "items" and rng.random() < 0.3,
    }
    merged = next((i for i, h in enumerate(headers) if h in ("該当箇所", "分類", "項目")), None)
    if merged is not None and kind == "ruled" and rng.random() < 0.7:
        look["merged"] = merged
    if kind == "items":
        groups = [
            (place, [opinion(rng) for _ in range(rng.randint(2, 9))])
            for place in rng.sample(PLACES, rng.randint(2, 5))
        ]
        return Sample(name, made_by, kind, [], [], look, groups)
    return Sample(name, made_by, kind, list(headers), table(rng, n_rows, headers), look)


def make_files(samples: list[Sample], folder: Path) -> None:
    """Make the PDF of each sample in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _make_with_writer([sample for sample in samples if sample.made_by == "writer"], folder)
    for sample in samples:
        if sample.made_by == "chromium":
            _make_with_chromium(sample, folder)
        elif sample.made_by == "reportlab":
            _make_with_reportlab(sample, folder)


# LibreOffice Writer, from Word


def _make_with_writer(samples: list[Sample], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        paths = []
        for sample in samples:
            paths.append(Path(scratch) / f"{sample.name}.docx")
            make_word(sample, paths[-1])
        for start in range(0, len(paths), 50):
            convert(paths[start : start + 50], folder)


def convert(paths: list[Path], folder: Path) -> None:
    """Let LibreOffice make PDFs of Word files."""
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True)


PAGES = {
    "A4": (210, 297),
    "A4L": (297, 210),
    "A3L": (420, 297),
    "B5": (182, 257),
    "Letter": (216, 279),
}


def make_word(sample: Sample, path: Path) -> None:
    """Write a sample as a Word file."""
    import docx
    from docx.shared import Mm, Pt

    document = docx.Document()
    look = sample.look
    style = document.styles["Normal"]
    style.font.name, style.font.size = look["font"], Pt(look["size"])
    style.element.rPr.rFonts.set(docx.oxml.ns.qn("w:eastAsia"), look["font"])
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in PAGES[look["page"]])
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(20)
    if look["head"]:
        section.header.paragraphs[0].text = "架空市みらい計画(案)に対する意見募集の結果"
    if look["number"]:
        _page_number(section.footer.paragraphs[0], look["number"])
    document.add_heading("御意見の概要と市の考え方", 1)
    document.add_paragraph("令和8年4月1日から4月30日まで意見を募集した結果は、次のとおりです。")
    if sample.kind == "items":
        _word_items(document, sample)
    else:
        cut = len(sample.rows) // look["tables"]
        for number in range(look["tables"]):
            document.add_paragraph(f"({number + 1}) 寄せられた御意見")
            end = len(sample.rows) if number + 1 == look["tables"] else cut
            _word_table(document, sample, sample.rows[number * cut : end])
        if look["note"]:
            document.add_paragraph("※ 同じ趣旨の御意見は、まとめています。")
    document.save(path)


def _page_number(paragraph: Any, pattern: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    before, after = pattern.split("{}")
    paragraph.alignment = 1
    paragraph.add_run(before)
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), "PAGE")
    paragraph._p.append(simple)
    paragraph.add_run(after)


def _word_items(document: Any, sample: Sample) -> None:
    from docx.oxml.ns import qn

    for heading, texts in sample.groups:
        document.add_heading(heading, 2)
        for text in texts:
            if sample.look["bullet"] == "list":
                document.add_paragraph(text, style="List Bullet")
            else:
                document.add_paragraph(sample.look["bullet"] + text)
    properties = document.sections[0]._sectPr
    if sample.look["columns"] == 2:
        columns = properties.find(qn("w:cols"))
        columns.set(qn("w:num"), "2")
    if sample.look["vertical"]:
        direction = document.element.makeelement(qn("w:textDirection"), {qn("w:val"): "tbRl"})
        properties.append(direction)


def _word_table(document: Any, sample: Sample, rows: list[list[str]]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    look = sample.look
    made = document.add_table(rows=1 + len(rows), cols=len(sample.headers))
    made.autofit = False
    _word_borders(made, sample)
    widths = _widths(sample.headers, document.sections[0])
    for number, cells in enumerate([sample.headers, *rows]):
        row = made.rows[number]
        properties = row._tr.get_or_add_trPr()
        if number == 0 and look["repeat"]:
            properties.append(OxmlElement("w:tblHeader"))
        if not look["split"]:
            properties.append(OxmlElement("w:cantSplit"))
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = widths[column]
            made.columns[column].width = widths[column]
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_after = (
                0 if sample.kind == "ruled" else 110_000
            )
            if look["justify"] and number:
                cell.paragraphs[0].alignment = 3
            if look["middle"]:
                cell.vertical_alignment = 1
            if number == 0 and look["fill"]:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), "D9E2F3")
                cell._tc.get_or_add_tcPr().append(shade)
    for top, bottom, column in _runs(rows, sample.merged_column):
        text = rows[top][column]
        cell = made.cell(top + 1, column).merge(made.cell(bottom + 1, column))
        for extra in cell.paragraphs[1:]:
            extra._p.getparent().remove(extra._p)
        cell.paragraphs[0].text = text


def _widths(headers: list[str], section: Any) -> list[int]:
    whole = section.page_width - section.left_margin - section.right_margin
    shares = [_share(header) for header in headers]
    return [int(whole * share / sum(shares)) for share in shares]


def _share(header: str) -> float:
    if header in ("No.", "番号", "件数"):
        return 1.3
    return 5 if "意見" in header or header in ("市の考え方", "回答") else 1.6


def _word_borders(made: Any, sample: Sample) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    sides = {
        "ruled": ("top", "left", "bottom", "right", "insideH", "insideV"),
        "lines": ("top", "bottom", "insideH"),
    }
    borders = OxmlElement("w:tblBorders")
    for side in sides.get(sample.kind, ()):
        border = OxmlElement(f"w:{side}")
        border.set(qn("w:val"), sample.look["border"])
        border.set(qn("w:sz"), str(round(sample.look["width"] * 8)))
        borders.append(border)
    made._tbl.tblPr.append(borders)


def _runs(rows: list[list[str]], column: int | None) -> list[tuple[int, int, int]]:
    """Return the first and last row of each run of equal texts longer than one."""
    if column is None:
        return []
    runs, top = [], 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or rows[number][column] != rows[top][column]:
            if number - 1 > top:
                runs.append((top, number - 1, column))
            top = number
    return runs


# Chromium, from HTML


def _make_with_chromium(sample: Sample, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "page.html"
        page.write_text(make_html(sample), encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-pdf-header-footer",
                f"--user-data-dir={scratch}/profile",
                f"--print-to-pdf={folder / sample.name}.pdf",
                page.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


def make_html(sample: Sample) -> str:
    """Return a sample as a web page."""
    look = sample.look
    width, height = PAGES[look["page"]]
    border = f"{look['width']}pt {look['border'].replace('single', 'solid')} #222"
    inner = {"ruled": f"border:{border};", "lines": f"border-bottom:{border};"}.get(sample.kind, "")
    space = look["padding"] if sample.kind != "borderless" else look["padding"] + 8
    style = (
        f"@page{{size:{width}mm {height}mm;margin:18mm}}"
        f"body{{font-family:'{look['font']}';font-size:{look['size']}pt}}"
        "table{border-collapse:collapse;width:100%}"
        f"td,th{{{inner}padding:{space}px {max(look['padding'], 4)}px;"
        f"vertical-align:{'middle' if look['middle'] and sample.kind == 'ruled' else 'top'};"
        f"{'text-align:justify;' if look['justify'] else ''}}}"
        f"{'' if look['split'] else 'tr{break-inside:avoid}'}"
        f"{'' if look['repeat'] else 'thead{display:table-row-group}'}"
        f"{'th{background:#dde}' if look['fill'] else ''}"
        "h2{font-size:130%}"
        f"{'body{column-count:2;column-gap:24px}' if look['columns'] == 2 and not look['vertical'] else ''}"
        f"{'body{writing-mode:vertical-rl}' if look['vertical'] else ''}"
    )
    body = _html_items(sample) if sample.kind == "items" else _html_tables(sample)
    return f"<!doctype html><html lang='ja'><meta charset='utf-8'><style>{style}</style><h1>御意見の概要</h1>{body}"


def _html_items(sample: Sample) -> str:
    parts = []
    for heading, texts in sample.groups:
        parts.append(f"<h2>{heading}</h2>")
        shown = [html.escape(text) for text in texts]
        if sample.look["ruby"]:
            shown = [
                text.replace("市役所", "<ruby>市役所<rt>しやくしょ</rt></ruby>") for text in shown
            ]
        if sample.look["bullet"] == "list":
            parts.append("<ul>" + "".join(f"<li>{text}</li>" for text in shown) + "</ul>")
        else:
            parts += [f"<p>{sample.look['bullet']}{text}</p>" for text in shown]
    return "".join(parts)


def _html_tables(sample: Sample) -> str:
    cut = len(sample.rows) // sample.look["tables"]
    parts = []
    for number in range(sample.look["tables"]):
        end = len(sample.rows) if number + 1 == sample.look["tables"] else cut
        rows = sample.rows[number * cut : end]
        spans = {(top, c): bottom - top + 1 for top, bottom, c in _runs(rows, sample.merged_column)}
        inside = {(r, c) for (top, c), n in spans.items() for r in range(top + 1, top + n)}
        head = "".join(f"<th>{header}</th>" for header in sample.headers)
        body = "".join(
            "<tr>"
            + "".join(
                f"<td{f' rowspan={spans[r, c]}' if (r, c) in spans else ''}>{html.escape(text)}</td>"
                for c, text in enumerate(cells)
                if (r, c) not in inside
            )
            + "</tr>"
            for r, cells in enumerate(rows)
        )
        widths = "".join(f"<col style='width:{_share(h)}em'>" for h in sample.headers)
        parts.append(
            f"<p>({number + 1}) 寄せられた御意見</p><table><colgroup>{widths}</colgroup>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
    note = "<p>※ 同じ趣旨の御意見は、まとめています。</p>" if sample.look["note"] else ""
    return "".join(parts) + note


# reportlab


def _make_with_reportlab(sample: Sample, folder: Path) -> None:
    from reportlab.lib.pagesizes import A3, A4, B5, LETTER, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

    look = sample.look
    if look["font"] == GOTHIC:
        font = "HeiseiKakuGo-W5"
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    else:
        font = MINCHO
        pdfmetrics.registerFont(
            TTFont(font, "/usr/share/fonts/opentype/ipaexfont-mincho/ipaexm.ttf")
        )
    style = ParagraphStyle(
        "text", fontName=font, fontSize=look["size"], leading=look["size"] * 1.25, wordWrap="CJK"
    )
    sizes = {"A4": A4, "A4L": landscape(A4), "A3L": landscape(A3), "B5": B5, "Letter": LETTER}
    size = sizes[look["page"]]

    def edge(canvas: Any, document: Any) -> None:
        canvas.setFont(font, 9)
        if look["head"]:
            canvas.drawRightString(
                size[0] - 50, size[1] - 30, "架空市みらい計画(案)に対する意見募集の結果"
            )
        if look["number"]:
            canvas.drawCentredString(size[0] / 2, 25, look["number"].format(document.page))

    inner = size[0] - 100
    shares = [_share(header) for header in sample.headers]
    widths = [inner * share / sum(shares) for share in shares]
    commands: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if look["middle"] else "TOP")]
    if sample.kind == "ruled":
        commands.append(("GRID", (0, 0), (-1, -1), look["width"], "black"))
    else:
        commands.append(("LINEBELOW", (0, 0), (-1, -1), look["width"], "black"))
    if look["fill"]:
        commands.append(("BACKGROUND", (0, 0), (-1, 0), "#DDE6F0"))
    shown = [[Paragraph(text, style) for text in cells] for cells in [sample.headers, *sample.rows]]
    made = LongTable(
        shown,
        colWidths=widths,
        repeatRows=int(look["repeat"]),
        splitInRow=0,
        style=TableStyle(commands),
    )
    sample.look.pop("merged", None)
    story = [Paragraph("御意見の概要と市の考え方", style), Spacer(1, 12), made]
    SimpleDocTemplate(
        str(folder / f"{sample.name}.pdf"), pagesize=size, leftMargin=50, rightMargin=50
    ).build(story, edge, edge)
