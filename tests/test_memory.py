import subprocess
import sys

import pytest

_FREE_AND_RELEASE = """
import gc, resource
import numpy as np
from pathlib import Path
from kyodo_analysis.memory import release_memory

def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20

pieces = [np.ones(2**13) for _ in range(4000)]
last = np.ones(2**13)  # above them, so that the C library keeps what is below
del pieces
before = held()
release_memory()
print(before - held())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux's C library keeps so much")
def test_what_was_freed_goes_back_to_the_computer():
    printed = subprocess.run(
        [sys.executable, "-c", _FREE_AND_RELEASE], capture_output=True, text=True, check=True
    ).stdout
    assert float(printed) > 150
