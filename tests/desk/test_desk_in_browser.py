"""The desk in a real browser: driven by keys, and every request counted."""

import csv
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TOKEN = "desk"
SECONDS = 120
_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
_DRIVER = shutil.which("chromedriver")
PICTURES = os.environ.get("KYODO_DESK_PICTURES")

pytestmark = [
    pytest.mark.skipif(
        not (_CHROMIUM and _DRIVER),
        reason="Chromium とそのドライバーが無いので、机の画面は試しません",
    ),
    # what a browser's driver leaves open is not this package's
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Copy the project, so that what is written at the desk is written into the copy."""
    root = tmp_path_factory.mktemp("project")
    (root / "pyproject.toml").touch()
    for name in ("studies", "data/raw"):
        shutil.copytree(ROOT / name, root / name)
    (root / "notebooks").mkdir()
    notebook = ROOT / "notebooks" / "00_desk.ipynb"
    shutil.copy(notebook, root / "notebooks")
    fresh = notebook.read_text(encoding="utf-8").replace("kashiwa-2019", "sample-transport")
    (root / "notebooks" / "fresh.ipynb").write_text(fresh, encoding="utf-8")
    for name in ("codebook.txt", "themes.csv"):
        (root / "studies" / "sample-transport" / name).unlink()
    return root


@pytest.fixture(scope="module")
def lab(project):
    port = _free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"),
        f"--ServerApp.root_dir={project}",
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "JUPYTER_CONFIG_DIR": str(project / ".jupyter"),
        "IPYTHONDIR": str(project / ".ipython"),
        "JUPYTER_RUNTIME_DIR": str(project / ".runtime"),
    }
    with (project / "lab.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=project)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(lambda: urllib.request.urlopen(f"{url}/api?token={TOKEN}", timeout=5).close() or True)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="module")
def browser(lab):
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = _CHROMIUM
    for each in (
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--no-first-run", "--disable-quic", "--window-size=1300,1500", "--lang=ja"),
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options, webdriver.ChromeService(_DRIVER))
    try:
        _open(driver, lab, "00_desk")
        yield driver
    finally:
        driver.quit()


def _wait(is_there, seconds=SECONDS):
    end, why = time.monotonic() + seconds, None
    while time.monotonic() < end:
        try:
            if found := is_there():
                return found
        except Exception as error:
            why = error
        time.sleep(0.05)
    raise AssertionError("まだ出ていません") from why


def _open(driver, lab, name):
    """Open a notebook of the copy and run all of its cells."""
    from selenium.webdriver.common.keys import Keys

    driver.get(f"{lab}/lab/tree/notebooks/{name}.ipynb?reset&token={TOKEN}")
    idle = ".jp-Notebook-ExecutionIndicator[data-status='idle']"
    _wait(lambda: driver.find_elements("css selector", idle))
    _wait(lambda: driver.find_element("css selector", ".jp-Notebook .jp-Cell").click() or True)
    for _ in driver.find_elements("css selector", ".jp-Notebook .jp-Cell"):
        driver.switch_to.active_element.send_keys(Keys.SHIFT, Keys.ENTER)
        time.sleep(0.1)


def _picture(driver, name, screen):
    """Keep a picture of a screen, where someone wants to look at it."""
    if PICTURES:
        driver.execute_script("arguments[0].scrollIntoView({block: 'start'})", screen)
        time.sleep(0.3)
        screen.screenshot(str(Path(PICTURES) / f"{name}.png"))


def _screen(driver, title):
    def find():
        screens = driver.find_elements("css selector", ".kyodo-desk")
        return next(each for each in screens if each.text.startswith(title))

    return _wait(find)


def _labelled(screen, label):
    return screen.find_element("xpath", f".//label[starts-with(normalize-space(.), '{label}')]/*")


def _button(screen, text):
    return screen.find_element("xpath", f".//button[starts-with(., '{text}')]")


def _decisions(project):
    with (project / "studies/kashiwa-2019/decisions.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def _press(browser, *keys):
    browser.switch_to.active_element.send_keys(*keys)


def test_voices_are_read_searched_and_walked_through_by_keys(browser):
    from selenium.webdriver.common.keys import Keys

    screen = _screen(browser, "声")
    _wait(lambda: "29件のうち29件" in screen.text)
    _picture(browser, "voices", screen)
    screen.find_element("css selector", "article").send_keys(Keys.ARROW_DOWN)
    assert browser.switch_to.active_element.get_attribute("data-id") == "A2"
    _press(browser, "j")
    assert browser.switch_to.active_element.get_attribute("data-id") == "A3"
    _press(browser, "/")
    _press(browser, "審査")
    _wait(lambda: "29件のうち1件" in screen.text)
    marked = [each.text for each in screen.find_elements("css selector", "article mark")]
    assert marked == ["審査"]
    _picture(browser, "searched", screen)
    _button(screen, "絞り込みをやめる").click()
    _labelled(screen, "ルールで探す").send_keys("制度 & (")
    _wait(lambda: "続きの語を書いてください" in screen.text)
    _button(screen, "絞り込みをやめる").click()
    _wait(lambda: "29件のうち29件" in screen.text)


def test_letters_typed_at_the_desk_are_no_commands_on_cells(browser):
    screen = _screen(browser, "声")
    n = len(browser.find_elements("css selector", ".jp-Notebook .jp-Cell"))
    screen.find_element("css selector", "article").send_keys("x")
    _press(browser, "x", "a", "b")
    time.sleep(0.3)
    assert len(browser.find_elements("css selector", ".jp-Notebook .jp-Cell")) == n


def test_a_decision_made_by_keys_is_in_the_file_and_can_be_undone(browser, project):
    from selenium.webdriver.common.keys import Keys

    screen = _screen(browser, "声")
    screen.find_element("css selector", "article").send_keys("d")
    _wait(lambda: screen.find_elements("css selector", "form"))
    _picture(browser, "deciding", screen)
    _press(browser, "評価")  # the list goes to the theme that begins so
    _press(browser, Keys.TAB, "読めば評価の話だから")
    _press(browser, Keys.ENTER)
    _wait(lambda: "記録しました" in screen.text)
    (row,) = _decisions(project)
    assert row["意見番号"] == "A1"
    assert (row["テーマ"], row["判断"]) == ("評価と成果", "付ける")
    assert row["理由"] == "読めば評価の話だから"
    assert "評価と成果(人の判断)" in browser.switch_to.active_element.text
    _picture(browser, "decided", screen)
    _press(browser, "u")
    _wait(lambda: "取り消しました" in screen.text)
    assert not (project / "studies/kashiwa-2019/decisions.csv").exists()


def test_a_decision_without_a_reason_is_not_written(browser, project):
    from selenium.webdriver.common.keys import Keys

    screen = _screen(browser, "声")
    screen.find_element("css selector", "article").send_keys("d")
    _wait(lambda: screen.find_elements("css selector", "form"))
    _press(browser, Keys.TAB, " ", Keys.ENTER)
    _wait(lambda: "理由: 空です" in screen.text)
    assert not (project / "studies/kashiwa-2019/decisions.csv").exists()
    _picture(browser, "refused", screen)
    _press(browser, Keys.ESCAPE)
    assert not screen.find_elements("css selector", "form")


def test_a_rule_is_seen_before_it_is_saved_and_then_stands_in_the_file(browser, project):
    from selenium.webdriver.common.keys import Keys

    codebook = project / "studies/kashiwa-2019/codebook.txt"
    before = codebook.read_text(encoding="utf-8")
    screen = _screen(browser, "ルールを試す")
    rule = _labelled(screen, "ルール")
    _wait(lambda: "いま 4件 → この直しで 4件" in screen.text)
    rule.send_keys(Keys.CONTROL, Keys.END, Keys.NULL, " | 制度")
    _wait(lambda: "いま 4件 → この直しで 8件(増える ＋4件、減る −0件)" in screen.text)
    _picture(browser, "trying", screen)
    rule.send_keys(" | '<img src=x>'")
    _wait(lambda: "いま 4件 → この直しで 8件(増える ＋4件、減る −0件)" in screen.text)
    _wait(lambda: "'<img src=x>'" in screen.text)
    assert not screen.find_elements("css selector", "img")
    assert codebook.read_text(encoding="utf-8") == before
    _labelled(screen, "直す理由").send_keys("制度の話も含める", Keys.CONTROL, "s")
    _wait(lambda: "に書きました" in screen.text)
    assert codebook.read_text(encoding="utf-8") == before.replace(
        "理解 | 意識 | 知識 | 懸念", "理解 | 意識 | 知識 | 懸念 | 制度 | '<img src=x>'"
    )
    _picture(browser, "saved", screen)
    _button(screen, "これまでの直し").send_keys(Keys.ENTER)
    _wait(lambda: "加えた言葉: 制度、'<img src=x>'" in screen.text)


def test_a_file_changed_meanwhile_is_not_written_over(browser, project):
    codebook = project / "studies/kashiwa-2019/codebook.txt"
    changed = codebook.read_text(encoding="utf-8").replace("'<img src=x>'", "仕様")
    codebook.write_text(changed, encoding="utf-8")
    screen = _screen(browser, "ルールを試す")
    rule = _labelled(screen, "ルール")
    rule.send_keys(" | 規則")
    _labelled(screen, "直す理由").send_keys("試し")
    _button(screen, "このテーマを保存する").click()
    _wait(lambda: "ほかで書き換えられました。上書きはしていません" in screen.text)
    _picture(browser, "changed", screen)
    assert codebook.read_text(encoding="utf-8") == changed
    _button(screen, "ファイルを読み直す").click()
    _wait(lambda: "ファイルを読み直しました" in screen.text)
    assert rule.get_attribute("value").endswith(" | 規則")
    assert "仕様" in screen.text


def test_a_broken_rule_is_named_with_its_place_and_not_saved(browser, project):
    codebook = project / "studies/kashiwa-2019/codebook.txt"
    before = codebook.read_text(encoding="utf-8")
    screen = _screen(browser, "ルールを試す")
    _labelled(screen, "ルール").send_keys("\n| (")
    _wait(lambda: "誤り ルールの2行目" in screen.text)
    _picture(browser, "broken", screen)
    _button(screen, "このテーマを保存する").click()
    _wait(lambda: "まだ書いていません" in screen.text)
    assert codebook.read_text(encoding="utf-8") == before


def test_opinions_are_coded_blind_by_keys_and_every_mark_is_in_the_file(browser, project):
    from selenium.webdriver.common.keys import Keys

    path = project / "studies/kashiwa-2019/coders/山.csv"
    screen = _screen(browser, "ルールの結果を見ずに")
    screen.find_element("css selector", "input").send_keys("山", Keys.ENTER)
    _wait(lambda: "29件のうち0件に付けました。いま1件目です" in screen.text)
    _picture(browser, "coding", screen)
    for n, key in enumerate("13", start=1):
        _press(browser, key)
        _wait(lambda n=n: path.read_text(encoding="utf-8-sig").count("○") == n)
    _press(browser, Keys.ENTER)
    _wait(lambda: "いま2件目です" in screen.text)
    _press(browser, "0")
    _wait(lambda: "29件のうち2件に付けました" in screen.text)
    _picture(browser, "coded", screen)
    assert path.read_text(encoding="utf-8-sig").count("○") == 3
    _press(browser, Keys.ARROW_LEFT)
    _wait(lambda: "いま1件目です" in screen.text)
    assert screen.text.count("○ ") == 2


def test_the_desk_is_read_at_200_percent_without_scrolling_sideways(browser):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 650, "height": 750, "deviceScaleFactor": 2, "mobile": False},
    )
    try:
        screens = browser.find_elements("css selector", ".kyodo-desk")
        for number, screen in enumerate(screens):
            _picture(browser, f"large{number}", screen)
            wide, there = (screen.get_property(name) for name in ("scrollWidth", "clientWidth"))
            assert wide <= there
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_every_control_has_a_name_and_can_be_reached_by_keys(browser):
    for screen in browser.find_elements("css selector", ".kyodo-desk"):
        for control in screen.find_elements("css selector", "input, select, textarea, button"):
            if control.is_displayed():
                assert control.accessible_name.strip(), control.get_attribute("outerHTML")
                assert control.get_attribute("tabindex") != "-1"


def test_a_saved_notebook_holds_no_words_and_no_state_of_a_screen(browser, project):
    from selenium.webdriver.common.keys import Keys

    path = project / "notebooks" / "00_desk.ipynb"
    before = path.stat().st_mtime_ns
    browser.find_element("css selector", ".jp-Notebook .jp-Cell").click()
    _press(browser, Keys.CONTROL, "s")
    _wait(lambda: path.stat().st_mtime_ns != before)
    saved = path.read_text(encoding="utf-8")
    assert "widget-view" in saved
    assert "widgets" not in json.loads(saved)["metadata"]
    assert "協働への理解" not in saved


def test_a_page_that_is_loaded_again_goes_on_where_it_was(browser, project):
    browser.refresh()
    _wait(lambda: "29件のうち29件" in _screen(browser, "声").text)
    screen = _screen(browser, "ルールの結果を見ずに")
    screen.find_element("css selector", "input").send_keys("山")
    _button(screen, "始める").click()
    _wait(lambda: "29件のうち2件に付けました。いま3件目です" in screen.text)


def test_a_study_without_themes_begins_with_a_proposal_that_a_person_takes(browser, lab, project):
    from selenium.webdriver.common.keys import Keys

    _open(browser, lab, "fresh")
    screen = _screen(browser, "ルールを試す")
    _wait(lambda: "名前を書くと試せます" in screen.text)
    _button(screen, "案を見る").send_keys(Keys.ENTER)
    _wait(lambda: "どれも機械が作ったものです" in screen.text)
    _press(browser, Keys.ARROW_DOWN)
    name = _labelled(screen, "新しいテーマの名前")
    _wait(lambda: name.get_attribute("value"))
    name.clear()
    name.send_keys("わたしのテーマ")
    _wait(lambda: "いま 0件 → この直しで" in screen.text)
    _picture(browser, "proposal", screen)
    folder = project / "studies" / "sample-transport"
    assert not (folder / "codebook.txt").exists()
    _labelled(screen, "直す理由").send_keys("案を読んで", Keys.CONTROL, "s")
    _wait(lambda: "に書きました" in screen.text)
    rule = _labelled(screen, "ルール").get_attribute("value")
    assert rule
    assert (folder / "codebook.txt").read_text(encoding="utf-8") == f"＊わたしのテーマ\n{rule}\n"
    assert _labelled(screen, "テーマ").get_attribute("value") == "わたしのテーマ"


def test_nothing_is_asked_of_another_machine(browser):
    asked = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            asked.append(message["params"]["request"]["url"])
    assert asked
    assert not [url for url in asked if url.startswith("http") and "//127.0.0.1:" not in url]
