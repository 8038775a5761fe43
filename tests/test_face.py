"""The face that an analyst learns: every name works, and none costs before it is used."""

import re
import subprocess
import sys

import kyodo_analysis


def test_every_name_of_the_face_is_there_and_no_other():
    assert sorted(kyodo_analysis._ROOM_OF) == sorted(kyodo_analysis.__all__)
    for name in kyodo_analysis.__all__:
        assert callable(getattr(kyodo_analysis, name))
    assert not hasattr(kyodo_analysis, "count_themse")


def test_the_package_is_loaded_in_no_time():
    code = "import sys, kyodo_analysis; print('pandas' in sys.modules, 'matplotlib' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False False\n"


def test_the_example_of_the_face_works(monkeypatch, tmp_path):
    shapes = __import__("shapes")
    monkeypatch.chdir(tmp_path)
    name = shapes.write_study(tmp_path, shapes.Shape())
    lines = re.findall(r"^    (.*)$", kyodo_analysis.__doc__, re.MULTILINE)
    namespace = {}
    exec("\n".join(lines).replace("kashiwa-2019", name), namespace)
    assert len(namespace["counts"]) == 4
