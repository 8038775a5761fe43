"""A workbook or CSV file of opinions, with the sheets of its sessions and organisations."""
