"""No table that leaves the pipeline shows a number that somebody left in it."""

import pandas as pd
import pytest

from kyodo_analysis.jobs.new_study import add_study, guess
from kyodo_analysis.study import open_study
from kyodo_analysis.study.pipeline import process

NUMBER = "00-0000-1111"
ROWS = [
    "番号,分類,地区,意見,市の考え方",
    f"1,交通,南,バスを増やしてほしい。電話は{NUMBER}です,{NUMBER}に連絡しました。",
    f"2,交通,北,{NUMBER},",
    f"3,福祉,{NUMBER},手すりがほしい。,検討します。",
    f"4,福祉,南,段差をなくしてほしい。,検討します。,電話{NUMBER}",
    "5,福祉,北,ベンチを増やしてほしい。,検討します。",
    "6,交通,南,バス停に屋根がほしい。,検討します。",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    (root / "pyproject.toml").touch()
    (root / "studies").mkdir()
    file = root / "opinions.csv"
    file.write_text("\n".join(ROWS), encoding="utf-8")
    written = add_study("town", file, guess("town", file, root=root), root=root)
    text = written.read_text(encoding="utf-8")
    written.write_text(text.replace("attributes = []", 'attributes = ["地区"]'), encoding="utf-8")
    return process(open_study("town", root=root))


@pytest.mark.parametrize(
    "name", ["opinions", "replies", "attributes", "set_aside", "findings", "terms", "phrases"]
)
def test_a_number_is_hidden_in_every_table(made, name):
    table = getattr(made, name)
    assert not table.empty
    assert NUMBER not in table.to_csv()


def test_what_was_hidden_was_there(made):
    assert NUMBER in set(made.personal_data["matched"])
    hidden = pd.concat([made.replies["reply"], made.attributes["value"], made.opinions["text"]])
    assert hidden.str.contains("●" * len(NUMBER)).sum() == 3
