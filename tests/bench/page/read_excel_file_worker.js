importScripts('/peers/read-excel-file/bundle/read-excel-file.min.js');

self.onmessage = async ({data: {file}}) => {
  const read = await readXlsxFile(file);
  const rows = read[0]?.data ?? read;   // since version 7 a list of sheets
  self.postMessage({rows: rows.length - 1});
};
