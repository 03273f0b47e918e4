// SheetJS in its quickest form: dense sheets, no formatted text, rows as arrays.
importScripts('/peers/xlsx/dist/xlsx.full.min.js');

self.onmessage = async ({data: {file}}) => {
  const book = XLSX.read(await file.arrayBuffer(), {dense: true, cellText: false, cellHTML: false, cellFormula: false});
  const rows = XLSX.utils.sheet_to_json(book.Sheets[book.SheetNames[0]], {header: 1});
  self.postMessage({rows: rows.length - 1});
};
