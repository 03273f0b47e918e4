// Writes the same workbook with two programs that many people's files come from: node xlsx_writers.mjs FOLDER. What is in it is
// told by xlsx_writers_test.cc; xlsx_writers.py does the same with a third.
import {createRequire} from 'node:module';

const require = createRequire(new URL('../../package.json', import.meta.url));
const XLSX = require('xlsx');
const ExcelJS = require('exceljs');
const folder = process.argv[2];
const date = (text) => new Date(`${text}Z`);
const rows = [
  ['Name', 'Phone', 'Plus', 'Score', 'Agreed', 'Added', 'Called', 'Note'],
  ['Zoë Müller', 447911123456, '+447911123457', 0.1 + 0.2, true, '2026-03-02', '2026-03-02T14:30:00', 'a, "b"\nc'],
  ['李雷', 14155551234, '00441', -12.5, false, '1999-12-31', '2000-02-29T00:00:05', null],
  [null, null, null, null, null, null, null, null],
  ['😀 & <b>', 1e15, ' x ', 1e-7, true, '2026-03-02', '2026-03-02T23:59:59', '=1+1'],
];

const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['old']]), 'Old');
// By serial number: its own dates go through the time zone of the machine.
const serial = (text) => date(text) / 86400000 + 25569;
const sheet = XLSX.utils.aoa_to_sheet(rows.map((row, r) => row.map((value, c) => {
  if (r === 0 || value === null || (c !== 5 && c !== 6)) return value;
  return {t: 'n', v: serial(c === 5 ? `${value}T00:00:00` : value), z: c === 5 ? 'dd/mm/yyyy' : 'm/d/yy h:mm'};
})));
XLSX.utils.book_append_sheet(book, sheet, 'Leads & more');
book.Workbook = {Sheets: [{Hidden: 1}, {Hidden: 0}]};
XLSX.writeFile(book, `${folder}/sheetjs.xlsx`, {compression: true, bookSST: true});
XLSX.writeFile(book, `${folder}/sheetjs_inline.xlsx`, {compression: false, bookSST: false});

const other = new ExcelJS.Workbook();
other.addWorksheet('Old', {state: 'hidden'}).addRow(['old']);
const leads = other.addWorksheet('Leads & more');
rows.forEach((row, r) => {
  const cells = row.map((value, c) => {
    if (r === 0 || value === null) return value;
    if (c === 5) return date(`${value}T00:00:00`);
    if (c === 6) return date(value);
    return c === 2 ? {richText: [{text: value.slice(0, 1), font: {bold: true}}, {text: value.slice(1)}]} : value;
  });
  const added = leads.addRow(cells);
  if (r === 0) return;
  added.getCell(6).numFmt = 'dd.mm.yyyy';
  added.getCell(7).numFmt = 'yyyy-mm-dd hh:mm:ss';
});
await other.xlsx.writeFile(`${folder}/exceljs.xlsx`);
