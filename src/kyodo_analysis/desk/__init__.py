"""The desk inside JupyterLab: read the voices, try a rule, decide; elsewhere its static twin."""

from kyodo_analysis.desk.choosing import Asked
from kyodo_analysis.desk.opening import Desk
from kyodo_analysis.desk.widget import DeskCell

__all__ = ["Asked", "Desk", "DeskCell"]
