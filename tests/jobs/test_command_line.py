"""The jobs as an analyst types them, on a project of her own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kyodo_analysis.cli import main
from kyodo_analysis.errors import OutputError

ROOT = Path(__file__).parent.parent.parent
JOBS = ("report", "check", "draft", "sheet", "new", "pack", "notebooks")
_OF_PACK = {"Python", "for", "macos", "linux", "windows"}
ROWS = "番号,分類,ご意見\n" + "".join(
    f"{n},{category},{text}\n"
    for n, (category, text) in enumerate(
        [
            ("道路", "川沿いの歩道がせまくて、傘をさすと人とすれ違えません。"),
            ("道路", "橋の上の照明を増やしてほしい。夜は足元が見えない。"),
            ("公園", "ベンチに背もたれがあると、祖母が休めて助かります。"),
            ("公園", "特になし"),
        ],
        start=1,
    )
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").touch()
    shutil.copytree(ROOT / "studies", tmp_path / "studies")
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    (tmp_path / "town.csv").write_text(ROWS, encoding="cp932")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_csv_from_excel_becomes_a_study_and_is_checked(project, capsys):
    assert main(["new", "town", "town.csv", "--yes"]) == 0
    said = capsys.readouterr().out
    assert "ご意見" in said
    assert "川沿いの歩道" in said
    assert (project / "data/raw/town/town.csv").read_bytes() == ROWS.encode("cp932")
    assert main(["check", "town"]) == 0
    said = capsys.readouterr().out
    assert "見つかった4件のうち、3件を意見として数え、1件を理由を付けて除きました" in said
    assert "特になし: 1件" in said
    assert "codebook.txt がまだありません" in said
    assert (project / "data/processed/town/opinions.csv").exists()


def test_what_was_not_read_is_named_by_the_check(project, capsys):
    (project / "town.csv").write_text(ROWS.replace("分類", "メモ"), encoding="cp932")
    main(["new", "town", "town.csv", "--yes"])
    capsys.readouterr()
    assert main(["check", "town"]) == 0
    assert "読まなかった列: town.csv 「メモ」" in capsys.readouterr().out


def test_a_name_with_a_blank_is_quoted_in_what_comes_next(project, capsys):
    assert main(["new", "町の 意見", "town.csv", "--yes"]) == 0
    assert 'check "町の 意見" です' in capsys.readouterr().out


def test_a_study_that_cannot_be_written_leaves_nothing_behind(project, capsys, monkeypatch):
    def full(contents):
        raise OutputError("studies/town/study.toml", "ディスクがいっぱいで書けません")

    with monkeypatch.context() as patched:
        patched.setattr("kyodo_analysis.jobs.new_study.write_all", full)
        assert main(["new", "town", "town.csv", "--yes"]) == 1
    assert not (project / "data/raw/town").exists()
    assert main(["new", "town", "town.csv", "--yes"]) == 0


def test_a_raw_folder_without_a_study_is_named(project, capsys):
    (project / "data/raw/town").mkdir()
    (project / "data/raw/town/others.csv").touch()
    assert main(["new", "town", "town.csv", "--yes"]) == 1
    said = capsys.readouterr().err
    assert "data/raw/town: 同じ名前の資料がもうあります" in said
    assert "study.toml" not in said


def test_a_reader_that_stops_early_is_no_error(project):
    run = "import sys; from kyodo_analysis.cli import main; sys.exit(main())"
    job = [sys.executable, "-c", run, "new", "town", "town.csv", "--yes"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(job, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


def test_personal_data_waits_in_a_file_that_is_left_alone_once_it_holds_all(project, capsys):
    rows = ROWS + "5,公園,連絡先は00-0000-1111です。\n"
    (project / "town.csv").write_text(rows, encoding="cp932")
    main(["new", "town", "town.csv", "--yes"])
    main(["check", "town"])
    assert "1か所あり、1個の言葉は扱いが決まっていません。studies/town/" in capsys.readouterr().out
    file = project / "studies/town/privacy.csv"
    file.write_text(file.read_text("utf-8-sig").replace("1111,1,", "1111,1,伏せる"), "cp932")
    saved = file.read_bytes()
    main(["check", "town"])
    said = capsys.readouterr().out
    assert "個人情報かもしれない1か所(電話番号1)のうち、1か所を●で伏せ、0か所は公開" in said
    assert file.read_bytes() == saved


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "メモリが足りません"),
        (OSError(5, "Input/output error"), "開けないか、書けません"),
    ],
)
def test_what_the_machine_refuses_is_said_without_a_traceback(
    project, capsys, monkeypatch, error, said
):
    def refuse(study):
        raise error

    monkeypatch.setattr("kyodo_analysis.jobs.check.check_study", refuse)
    assert main(["check"]) == 1
    assert said in capsys.readouterr().err


def test_a_codebook_that_is_all_wrong_is_answered_with_its_mistakes(project, capsys):
    main(["new", "town", "town.csv", "--yes"])
    (project / "studies/town/codebook.txt").write_text(
        "＊道路\n歩道\n\n＊道路\n橋\n", encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["check", "town"]) == 0
    said = capsys.readouterr().out
    assert "codebook.txt に使えるテーマがありません" in said
    assert "誤り" in said.partition("使えるテーマがありません")[2]
    assert "まだありません" not in said


def test_settings_that_only_the_report_needs_are_checked_before_it(project, capsys):
    main(["new", "town", "town.csv", "--yes"])
    with (project / "studies/town/study.toml").open("a", encoding="utf-8") as settings:
        settings.write('[clusters]\neffort = "slow"\n')
    assert main(["check", "town"]) == 1
    assert "[clusters] effort" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ([], "「仕事」が書かれていません"),
        (["new"], "「資料名、ファイル」が書かれていません"),
        (["new", "town"], "「ファイル」が書かれていません"),
        (
            ["chekc"],
            "「chekc」は使えません。使えるのは report、check、draft、sheet、new、pack、notebooks です",
        ),
        (["check", "town", "village", "-z"], "「village -z」は余分です"),
        (["new", "town", "town.csv", "--yes=no"], "命令の書き方が違います。次の形で"),
    ],
)
def test_a_command_that_is_not_understood_is_answered_with_the_mistake_and_what_to_write(
    capsys, typed, mistake
):
    with pytest.raises(SystemExit) as stopped:
        main(typed)
    said = capsys.readouterr().err
    assert stopped.value.code == 2
    assert said.startswith("命令の書き方が違います。")
    assert mistake in said
    assert "次の形で書いてください。\n使い方: python run.py" in said
    assert re.search(r"python run\.py( new)? -h で", said)
    assert _english(said) <= {"python", "run", "chekc", *JOBS, "village"}


def test_nothing_is_made_without_a_yes(project, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert main(["new", "town", "town.csv"]) == 0
    assert "何も作りませんでした" in capsys.readouterr().out
    assert not (project / "studies/town").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "../town", "town.csv", "-y"], "名前に使えません"),
        (["new", "kashiwa-2019", "town.csv", "-y"], "もうあります"),
        (["new", "town", "nowhere.csv", "-y"], "nowhere.csv"),
        (["report", "village"], "この資料はありません"),
        (["check", "village"], "この資料はありません"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence_and_changes_nothing(
    project, capsys, arguments, said
):
    before = sorted(project.rglob("*"))
    assert main(arguments) == 1
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert sorted(project.rglob("*")) == before


def test_a_sheet_for_people_is_written(project, capsys):
    assert main(["sheet", "kashiwa-2019"]) == 0
    assert (project / "reports/kashiwa-2019/coding-sheet.xlsx").exists()
    assert "studies/kashiwa-2019/coders/" in capsys.readouterr().out


@pytest.mark.parametrize("job", [[], *([job] for job in JOBS)])
def test_help_is_japanese(capsys, job):
    with pytest.raises(SystemExit) as stopped:
        main([*job, "--help"])
    said = capsys.readouterr().out
    assert stopped.value.code == 0
    assert said.startswith(f"使い方: {' '.join(['python run.py', *job])}")
    assert ("住民の意見を読み" in said) == (job == [])
    assert "この説明を出して終わる" in said
    known = {"python", "run", "help", "yes", "Excel", "reports", "kashiwa", "accept"}
    assert _english(said) <= known | set(JOBS) | _OF_PACK


def _english(said):
    return set(re.findall("[A-Za-z]{3,}", said))
