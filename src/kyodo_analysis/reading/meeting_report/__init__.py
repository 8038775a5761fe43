"""A meeting report (意見交換会の実施報告), with its sessions and its opinions by category."""
