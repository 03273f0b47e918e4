"""Writes the workbook of xlsx_writers.mjs with openpyxl: python3 xlsx_writers.py FOLDER."""
import datetime
import sys

import openpyxl

ROWS = [
    ["Name", "Phone", "Plus", "Score", "Agreed", "Added", "Called", "Note"],
    ["Zoë Müller", 447911123456, "+447911123457", 0.1 + 0.2, True, datetime.date(2026, 3, 2),
     datetime.datetime(2026, 3, 2, 14, 30), 'a, "b"\nc'],
    ["李雷", 14155551234, "00441", -12.5, False, datetime.date(1999, 12, 31), datetime.datetime(2000, 2, 29, 0, 0, 5), None],
    [None] * 8,
    ["😀 & <b>", 1e15, " x ", 1e-7, True, datetime.date(2026, 3, 2), datetime.datetime(2026, 3, 2, 23, 59, 59), None],
]
book = openpyxl.Workbook()
book.active.title = "Old"
book.active.append(["old"])
book.active.sheet_state = "hidden"
sheet = book.create_sheet("Leads & more")
for row in ROWS:
    sheet.append(row)
cell = sheet.cell(5, 8)
cell.value = "=1+1"
cell.data_type = "s"
book.active = 1
book.save(sys.argv[1] + "/openpyxl.xlsx")
