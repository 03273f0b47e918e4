// The worker that checks files, alone in a real browser: a workbook and the CSV of the same list give the same, and the
// workbook's own module is only loaded when there is a workbook.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import XLSX from 'xlsx';
import {launchBrowser} from './browser.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const DIST = path.join(process.env.LEADLINE_WEB_BUILD ?? path.join(HERE, '../../build/web'), 'dist');
const TYPES = {'.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html'};

let server, browser, page;
const asked = [];

before(async () => {
  server = http.createServer((request, reply) => {
    const name = path.basename(request.url.split('?')[0]) || 'empty.html';
    asked.push(name);
    reply.writeHead(200, {'content-type': TYPES[path.extname(name)] ?? 'text/plain', 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'"});
    reply.end(TYPES[path.extname(name)] && name !== 'empty.html' ? fs.readFileSync(path.join(DIST, name)) : '<!doctype html>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/empty.html`);
});
after(async () => {
  await browser?.close();
  server?.close();
});

// The worker's last word to each message; `bytes` are base64.
function talk(name, bytes, messages) {
  return page.evaluate(async ({name, bytes, messages}) => {
    const file = new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name);
    const worker = new Worker('worker.js', {type: 'module'});
    const answers = [];
    for (const [i, message] of messages.entries()) {
      answers.push(await new Promise((resolve, reject) => {
        let shown = [];
        worker.onerror = reject;
        worker.onmessage = ({data}) => {
          shown = shown.concat(data.shown ?? []);
          if (data.type !== 'progress' || data.done) resolve({...data, shown});
        };
        worker.postMessage({message, file: i === 0 ? file : null});
      }));
    }
    worker.terminate();
    return answers;
  }, {name, bytes: Buffer.from(bytes).toString('base64'), messages});
}

function list(rows) {
  const table = [['Name', 'Phone', 'Email']];
  for (let i = 0; i < rows; ++i) {
    table.push([`Lead ${i}, "x"`, i % 10 === 3 ? 'none' : `+1415555${String(1000 + (i % 9000))}`, `lead${i}@example.com`]);
  }
  return table;
}
function bookOf(table) {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['a']]), 'First');
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(table), 'Leads');
  return XLSX.write(book, {type: 'buffer', bookSST: true, compression: true});
}

test('a workbook is checked like the CSV of its sheet', {timeout: 120_000}, async () => {
  const table = list(5000);
  const csv = XLSX.utils.sheet_to_csv(XLSX.utils.aoa_to_sheet(table));
  const [, ofCsv] = await talk('list.csv', csv, [{type: 'open', options: {}}, {type: 'check', options: {required: ['name', 'email']}}]);
  assert.ok(!asked.includes('xlsx.js'), 'not needed for a CSV');
  const options = {sheet: 'Leads', required: ['name', 'email']};
  const [open, plan, ofBook, again] = await talk('list.xlsx', bookOf(table),
      [{type: 'open', options: {}}, {type: 'plan', options}, {type: 'check', options}, {type: 'check', options}]);
  assert.equal(open.plan.sheet, 'First');
  assert.deepEqual(open.plan.sheets, [{name: 'First', hidden: false}, {name: 'Leads', hidden: false}]);
  assert.deepEqual(plan.plan.columns.map((c) => c.target), ['name', 'phone', 'email']);
  for (const member of ['rows', 'accepted', 'rejected', 'problems', 'shown']) {
    assert.deepEqual(ofBook[member], ofCsv[member], member);
    assert.deepEqual(again[member], ofCsv[member], `${member}, a second time`);
  }
  assert.equal(ofBook.rows, 5000);
  assert.deepEqual(ofBook.notes, []);
});

test('what cannot be read is said in a sentence', {timeout: 120_000}, async () => {
  const good = bookOf(list(10));
  const [cut] = await talk('cut.xlsx', good.subarray(0, 500), [{type: 'open', options: {}}]);
  assert.equal(cut.type, 'failed');
  assert.match(cut.message, /damaged|cut off/);
  const [, unknown] = await talk('good.xlsx', good, [{type: 'open', options: {}}, {type: 'plan', options: {sheet: 'Nowhere'}}]);
  assert.match(unknown.message, /no sheet of that name/);
  const [old] = await talk('old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), [{type: 'open', options: {}}]);
  assert.match(old.plan.problems[0].message, /\.xls.*password/);
});
