// A workbook of 100,000 x 8 in a browser: through our worker, which reads and checks it, beside read-excel-file and SheetJS, which only
// read it, and beside the browser's own inflate, which only unpacks it.
//
//   node tests/bench/xlsx_browser_bench.mjs [--rows 100000] [--rounds 5]
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {Rig} from './browser_rig.mjs';
import {dataFile, flags, goal, interleave, makeList, median, spread, timesOf} from './support.mjs';

const OURS = 'leadline (reads and checks)';
const SUBJECTS = {
  [OURS]: {kind: 'ours', required: ['name', 'email']},
  'read-excel-file': {kind: 'peer', script: 'read_excel_file_worker.js'},
  'SheetJS, dense, no text': {kind: 'peer', script: 'sheetjs_worker.js'},
  'inflate only': {kind: 'peer', script: 'inflate_worker.js', readsNoRows: true},
};

const options = flags({rows: {type: 'string', default: '100000'}, rounds: {type: 'string', default: '5'}});

// Every cell as text, in shared strings, as spreadsheet programs write it.
function writeWorkbook(csv, file) {
  const require = createRequire(import.meta.url);
  const {read, write} = {read: require('papaparse').parse, write: require('xlsx')};
  const rows = read(fs.readFileSync(csv, 'utf8'), {skipEmptyLines: true}).data;
  const book = write.utils.book_new();
  write.utils.book_append_sheet(book, write.utils.aoa_to_sheet(rows), 'Leads');
  write.writeFile(book, file, {compression: true, bookSST: true});
}

function checkRows(subject, found, rows) {
  if (!subject.readsNoRows && found.rows !== rows) throw new Error(`${subject.script ?? subject.kind} read ${found.rows} of ${rows} rows`);
}

const list = makeList(Number(options.rows));
const workbook = dataFile(`leads_${list.rows}.xlsx`, (file) => writeWorkbook(list.file, file));
const rig = await new Rig().start();
try {
  const runs = await interleave(SUBJECTS, Number(options.rounds), async (subject) => {
    const run = await rig.run(subject, workbook);
    checkRows(subject, run, list.rows);
    return run;
  });
  const ms = Object.fromEntries(Object.entries(runs).map(([name, of]) => [name, median(timesOf(of))]));
  console.log(`${list.rows} x 8, ${(fs.statSync(workbook).size / 1e6).toFixed(1)} MB`);
  for (const [name, of] of Object.entries(runs)) {
    const {grown} = await rig.run(SUBJECTS[name], workbook, {watchMemory: true});
    console.log(`${name.padEnd(28)} ${spread(timesOf(of)).padEnd(26)} ${(ms[name] / ms[OURS]).toFixed(2)} x ours, ` +
        `longest stall ${Math.max(...of.map((run) => run.stall)).toFixed(0)} ms, +${grown.all.toFixed(0)} MB`);
  }
  goal('times as fast as read-excel-file', ms['read-excel-file'] / ms[OURS], 2.4, {atLeast: true});
  goal('times as fast as SheetJS', ms['SheetJS, dense, no text'] / ms[OURS], 4, {atLeast: true});
  goal('time over plain inflate', ms[OURS] / ms['inflate only'], 2.5, {atLeast: false});
} finally {
  rig.close();
}
