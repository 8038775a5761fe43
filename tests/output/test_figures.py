import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.text import Text
from PIL import Image

from kyodo_analysis.charts import PRINT, plot_counts_heatmap, plot_opinions_per_category
from kyodo_analysis.errors import OutputError
from kyodo_analysis.output import read_csv, save_chart
from kyodo_analysis.output.drawing import dress


def save(chart, report, table, **changed):
    given = {"title": "分類ごとの意見の数", "alt": "交通2件、広報7件。", **changed}
    return save_chart(chart, "opinions_per_category", report=report, table=table, **given)


def files(saved):
    return [path.read_bytes() for path in (saved.png, saved.svg, saved.numbers, saved.words)]


def test_the_picture_is_as_wide_as_print_asks_and_says_so(chart, report, table):
    with Image.open(save(chart, report, table).png) as image:
        assert image.width == int(160 / 25.4 * 300)
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)


def test_the_picture_holds_its_words_its_source_and_the_datas_hash(chart, report, table):
    with Image.open(save(chart, report, table).png) as image:
        words = image.text
    assert words["Title"] == "分類ごとの意見の数"
    assert words["Description"] == "交通2件、広報7件。"
    assert words["Source"] == "架空市「意見交換会の報告」 2019年8月30日"
    assert words["n"] == "9(意見)"
    assert words["Data-SHA256"] == "ab" * 32
    assert words["Version"].startswith("kyodo_analysis ")
    assert not {"Software", "Creation Time"} & set(words)


def test_the_plain_tones_are_exact_after_the_palette(chart, report, table):
    with Image.open(save(chart, report, table).png) as image:
        colors = {color: n for n, color in image.convert("RGB").getcolors()}
    assert colors[(0x1F, 0x1F, 0x1F)] > 50_000
    assert max(colors, key=colors.get) == (255, 255, 255)


def test_the_vector_picture_needs_no_font_and_has_no_date(chart, report, table):
    svg = save(chart, report, table).svg.read_text(encoding="utf-8")
    assert "<text" not in svg
    assert "<dc:date>" not in svg
    assert "交通2件、広報7件。" in svg


def test_the_numbers_and_the_alt_text_lie_beside_the_picture(chart, report, table):
    saved = save(chart, report, table)
    pd.testing.assert_frame_equal(read_csv(saved.numbers), table.astype("str"))
    assert saved.words.read_text(encoding="utf-8") == "交通2件、広報7件。\n"
    assert {path.parent for path in (saved.png, saved.svg, saved.words)} == {
        report.folder / "figures"
    }


def test_a_name_with_a_dot_stays_whole(chart, report, table):
    saved = save_chart(chart, "1.2", report=report, table=table, title="題", alt="文")
    assert {path.name for path in saved.png.parent.iterdir()} == {
        "1.2.png",
        "1.2.svg",
        "1.2.csv",
        "1.2.txt",
    }


def test_saving_twice_and_drawing_anew_give_the_same_bytes(chart, report, table):
    first = files(save(chart, report, table))
    assert files(save(chart, report, table)) == first
    assert files(save(plot_opinions_per_category(table), report, table)) == first


def test_parts_of_a_vector_picture_that_are_named_get_the_same_names(report):
    table = pd.DataFrame({"theme": ["税"], "group": ["交通"], "n_opinions": [1], "n_group": [2]})
    first, second = (
        save(plot_counts_heatmap(table), report, table).svg.read_bytes() for _ in range(2)
    )
    assert b"<clipPath id=" in first
    assert first == second


def test_the_chart_itself_stays_as_it_was_and_is_closed(chart, report, table):
    figure = chart.get_figure()
    before = figure.get_size_inches().tolist(), figure.get_supxlabel()
    save(chart, report, table)
    assert (figure.get_size_inches().tolist(), figure.get_supxlabel()) == before
    assert figure.get_suptitle() == ""
    assert plt.get_fignums() == []


@pytest.mark.parametrize("title", ["税", "とても長い題名を、ここに書いておきます。" * 8])
def test_title_and_footer_touch_nothing_and_leave_the_drawing_its_size(chart, title):
    figure = chart.get_figure()
    drawing = chart.get_window_extent().height
    dressed = dress(figure, title, "n = 29(意見)  出典: " + "長い出典の名前" * 20)
    dressed.draw_without_rendering()
    assert dressed.axes[0].get_window_extent().height == pytest.approx(drawing, abs=0.5)
    texts = [text for text in dressed.findobj(Text) if text.get_visible() and text.get_text()]
    boxes = [text.get_window_extent() for text in texts]
    assert all(dressed.bbox.fully_contains(*box.min) for box in boxes)
    assert all(dressed.bbox.fully_contains(*box.max) for box in boxes)
    assert not any(a.overlaps(b) for k, a in enumerate(boxes) for b in boxes[:k])


def test_the_footer_says_n_source_and_date_below_what_the_chart_itself_notes(table):
    noted = plot_opinions_per_category(table.assign(group=["𠮷野", "広報"]))
    text = dress(noted.get_figure(), "題", "n = 9(意見)  出典: 架空市 𠮷").get_supxlabel()
    assert text == "〓 は図の書体にない文字(1種: U+20BB7)\nn = 9(意見)  出典: 架空市 〓"


def test_a_long_title_and_footer_use_the_width_and_no_line_begins_with_a_closing_mark(chart):
    dressed = dress(chart.get_figure(), "題名、" * 30, "出典「名前」、" * 20)
    dressed.draw_without_rendering()
    for text in (dressed._suptitle, dressed._supxlabel):
        lines = text.get_text().split("\n")
        assert len(lines) > 1
        assert not any(line[0] in "、」" for line in lines)
        assert text.get_window_extent().width > 0.9 * dressed.bbox.width


def test_other_things_than_opinions_can_be_counted(chart, report, table):
    with Image.open(save(chart, report, table, n=19, counted="参加団体").png) as image:
        assert image.text["n"] == "19(参加団体)"


def test_a_notebook_shows_the_saved_picture_at_its_printed_width_with_alt_text(
    chart, report, table
):
    saved = save(chart, report, table)
    data, metadata = saved._repr_mimebundle_()
    assert data["image/png"] == saved.png.read_bytes()
    assert metadata["image/png"] == {"width": 604, "alt": "交通2件、広報7件。"}


def test_the_place_is_printed_without_this_machines_folders(chart, report, table, capsys):
    save(chart, report, table)
    printed = capsys.readouterr().out
    assert "reports/sample/figures/opinions_per_category.png" in printed
    assert str(report.folder.parent.parent) not in printed


def test_a_figure_of_ones_own_can_be_saved(report, table):
    with PRINT.drawing():
        figure, axes = plt.subplots(2)
    axes[0].plot(np.arange(3))
    with Image.open(save(figure, report, table, title="題").png) as image:
        assert image.text["Title"] == "題"


def test_a_chart_with_a_nameless_function_can_be_saved(chart, report, table):
    chart.xaxis.set_major_formatter(lambda value, _: f"{value:g}件")
    saved = save_chart(chart, "件", report=report, table=table, title="題", alt="説明")
    assert saved.png.is_file()


def test_a_chart_that_holds_what_cannot_be_copied_is_refused(chart, report, table):
    chart.set_gid(word for word in ("橋",))
    with pytest.raises(OutputError, match="複製できないものがあります"):
        save_chart(chart, "件", report=report, table=table, title="題", alt="説明")


def test_a_figure_in_another_font_is_refused(report, table):
    figure, _ = plt.subplots()
    with pytest.raises(OutputError, match="図の書体は IPAexGothic だけ"):
        save(figure, report, table)
