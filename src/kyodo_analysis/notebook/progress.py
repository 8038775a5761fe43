"""How far long work is, while a cell runs; nothing of it stays in the notebook."""

import io

from kyodo_analysis.words import ProgressLine


class CellLine(io.StringIO):
    """A stream that shows what was written last below the running cell, until a line ends."""

    def write(self, text: str) -> int:
        """Show `text` in the place of what was shown before."""
        from IPython.display import clear_output

        clear_output(wait=not text.endswith("\n"))
        if not text.endswith("\n"):
            print(text.strip())
        return len(text)


def report_in_cell(label: str, *, unit: str = "件") -> ProgressLine:
    """Return what tells the progress of `label` below the running cell."""
    return ProgressLine(label, unit=unit, stream=CellLine())
