"""One study: what the analyst decided, the order of the work, and what may leave it."""

from kyodo_analysis.study.opening import (
    Study,
    checked_name,
    find_root,
    list_studies,
    open_study,
)

__all__ = ["Study", "checked_name", "find_root", "list_studies", "open_study"]
