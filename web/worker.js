// Checks a list off the main thread: reads the chosen file in slices (it is never loaded whole), feeds
// them to the checking module (client/worker/checker_worker.cc), and tells the page what was found. A workbook is first made text.
// Needs no server and sends nothing anywhere.
//
// In:  {type:"open", options} with a file      -> plan | failed
//      {type:"plan", options}                  -> plan, of the same file with other options
//      {type:"check", options}                 -> progress ... progress{done:true} | failed
//      {type:"cancel"}                         -> stopped
//      {type:"mend", row, mend}                -> mended{row, ok, ...progress}: of that row alone
//      {type:"repair", repairs, options}       -> progress{fresh:true, done:true}: of the rows with problems, or of the list
//      {type:"row", row}                       -> row{row, cells}
//      {type:"save", what:"rejects"|"clean"}   -> saving{done} ... file{what, url} | stopped: the list was not checked to its end
// Options: {sheet, encoding, delimiter, quote, escape, comment, header, region, required:[names], repairs, duplicates, mapping:{header: target},
//          types:{header: type}, mends}
// Mends:   {rows:{row: {column: text}}, left_out:[row], repairs:[code], replace:[{column, find, with, whole_cell}]}, as the API takes
//          them; the mend of a row: {cells:{column: text}, left_out}
import {loadModule} from './module.js?v=@VERSION@';
import {Workbook} from './workbook.js?v=@VERSION@';

const HEAD_BYTES = 64 * 1024;
const REPORT_EVERY_MS = 100;
const BLOB_BYTES = 1024 * 1024;
const NOTHING = new Uint8Array();
const OUTPUT = {message: 0, rejects: 1, clean: 2};

let file = null;
let workbook = null;                      // while the file is one
let run = 0;                              // a newer check or a cancel ends the older one
let rejects = null;                       // Written
let checked = null;                       // the options of the last check that came to its end; `rejects` is whole then

const post = (type, more) => self.postMessage({type, ...more});
const fail = (message) => post('failed', {message});

// Code points of old character sets (common/table/charset_platform.h): of `count` sequences of `length` bytes.
const readSequences = (memory) => (labelAt, labelLength, at, length, out, count) => {
  const codes = new Uint32Array(memory.buffer(), out, count);
  let decoder;
  try {
    decoder = new TextDecoder(new TextDecoder().decode(memory.bytes(labelAt, labelLength)));
  } catch {
    return 0;
  }
  for (let i = 0; i < count; i++) {
    const text = decoder.decode(memory.bytes(at + i * length, length));
    const code = text.codePointAt(0);
    codes[i] = text.length === (code > 0xFFFF ? 2 : 1) ? code : 0xFFFD;
  }
  return 1;
};

const loadChecker = () => loadModule('checker.wasm', (memory) => ({host_read_sequences: readSequences(memory)}));
const loaded = loadChecker();

const give = (checker, bytes) => checker.memory.put(checker.checker_input(bytes.length), bytes);
const take = (checker, which) => checker.memory.take(checker.checker_output(which), checker.checker_output_size(which));
const takeMessage = (checker) =>
    checker.memory.json(checker.checker_output(OUTPUT.message), checker.checker_output_size(OUTPUT.message));

// Records as checker_worker.cc reads them.
class Records {
  list = [];
  add(...parts) { this.list.push(parts.map((p) => String(p).replace(/[\x1e\x1f]/g, ' ')).join('\x1f')); }
  addRow(row, cells) { for (const [column, text] of Object.entries(cells || {})) this.add('cell', row, column, text); }
  addMends({rows, left_out, repairs, replace} = {}) {
    for (const [row, cells] of Object.entries(rows || {})) this.addRow(row, cells);
    for (const row of left_out || []) this.add('leave', row);
    for (const code of repairs || []) this.add('repair', code);
    for (const r of replace || []) this.add('replace', r.column, r.find, r.with, r.whole_cell ? 1 : 0);
  }
  giveTo(checker) { give(checker, new TextEncoder().encode(this.list.join('\x1e'))); }
}

function configure(checker, options) {
  const records = new Records();
  const add = (...parts) => records.add(...parts);
  for (const key of ['encoding', 'delimiter', 'quote', 'escape', 'comment', 'region']) if (options[key]) add(key, options[key]);
  for (const key of ['header', 'repairs', 'duplicates']) {
    if (typeof options[key] === 'boolean') add(key, options[key] ? 1 : 0);
  }
  if (workbook) add('is_sheet', 1);
  for (const [header, target] of Object.entries(options.mapping || {})) add('map', header, target);
  for (const [header, type] of Object.entries(options.types || {})) add('type', header, type);
  // Always told, so that an empty list means: nothing but the phone.
  add('required', (options.required || []).join(' '));
  records.addMends(options.mends);
  records.giveTo(checker);
  checker.checker_configure();
}

async function bytesOf(from, to) {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

// As a stream, which browsers read twice as fast as slices; a piece is on its way while the one before it is checked.
async function* fileText() {
  const reader = file.stream().getReader();
  try {
    let next = reader.read();
    for (let at = 0; ;) {
      const {value: text, done} = await next;
      if (done) return;
      next = reader.read();
      next.catch(() => {});  // told when it is waited for; after a cancel nobody does
      at += text.length;
      yield {text, at};
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

// The first local header of a zip, which is what a workbook is.
const isZip = ([a, b, c, d]) => a === 0x50 && b === 0x4b && c === 3 && d === 4;

async function inspect(options) {
  const checker = await loaded;
  const start = await bytesOf(0, HEAD_BYTES);
  if (start.length === 0) return fail('The file is empty. Choose another one.');
  if (isZip(start)) workbook ??= await Workbook.open(file);
  const {head, whole, about} =
      workbook ? await workbook.head(options.sheet || '', HEAD_BYTES) : {head: start, whole: file.size <= HEAD_BYTES};
  configure(checker, options);
  give(checker, head);
  checker.checker_inspect(whole ? 1 : 0);
  post('plan', {plan: {...takeMessage(checker), ...about}});
}

// What a module writes, in blobs of a good size: the browser may keep them on disk.
class Written {
  blobs = [];
  pieces = [];
  size = 0;
  // What was written since the last call.
  take(checker, which) {
    const bytes = take(checker, which);
    if (bytes.length === 0) return;
    this.pieces.push(bytes);
    this.size += bytes.length;
    if (this.size >= BLOB_BYTES) this.pack();
  }
  pack() {
    this.blobs.push(new Blob(this.pieces));
    this.pieces = [];
    this.size = 0;
  }
  whole() {
    this.pack();
    return new Blob(this.blobs, {type: 'text/csv;charset=utf-8'});
  }
}

const textOf = (options) => (workbook ? workbook.text(options.sheet || '') : fileText());

async function check(options) {
  const mine = ++run;
  const checker = await loaded;
  checked = null;
  rejects = new Written();
  configure(checker, options);
  checker.checker_begin(0);
  const started = performance.now();
  let reported = started;
  let first = true;
  const feed = (bytes, at, done) => {
    give(checker, bytes);
    checker.checker_feed();
    rejects.take(checker, OUTPUT.rejects);
    const now = performance.now();
    if (!done && now - reported < REPORT_EVERY_MS) return;
    reported = now;
    checker.checker_progress();
    post('progress', {...takeMessage(checker), bytes: at, notes: workbook ? workbook.said() : [], done, fresh: first, ms: Math.round(now - started)});
    first = false;
  };
  for await (const {text, at} of textOf(options)) {
    if (mine !== run) return;
    // Nothing to feed is how the module is told of the end.
    if (text.length > 0) feed(text, at, false);
  }
  if (mine !== run) return;
  feed(NOTHING, file.size, true);
  checked = options;
}

async function mend(row, {cells, left_out: leftOut}) {
  const checker = await loaded;
  const records = new Records();
  records.addRow(row, cells);
  if (leftOut) records.add('leave', row);
  records.giveTo(checker);
  const ok = checker.checker_mend(row) === 1;
  post('mended', {...(ok ? takeMessage(checker) : {}), row, ok});
}

async function repair(repairs, options) {
  const checker = await loaded;
  const records = new Records();
  records.addMends({repairs});
  records.giveTo(checker);
  if (checker.checker_repair() !== 1) return check(options);
  post('progress', {...takeMessage(checker), bytes: file.size, done: true, fresh: true, ms: 0});
}

async function readRow(row) {
  const checker = await loaded;
  checker.checker_row(row);
  post('row', {row, cells: takeMessage(checker)});
}

// The list once more, by a module of its own: what was checked stays there to be mended.
async function cleanRows(options) {
  const mine = ++run;
  const writer = await loadChecker();
  const clean = new Written();
  configure(writer, options);
  writer.checker_begin(1);
  let told = performance.now();
  const feed = (bytes) => {
    give(writer, bytes);
    writer.checker_feed();
    clean.take(writer, OUTPUT.clean);
  };
  for await (const {text, at} of textOf(options)) {
    if (mine !== run) return null;
    if (text.length > 0) feed(text);
    if (performance.now() - told < REPORT_EVERY_MS) continue;
    told = performance.now();
    post('saving', {done: at / file.size});
  }
  feed(NOTHING);
  return clean;
}

async function save(what) {
  if (!checked) return post('stopped');  // half a list must not look like a whole one
  const written = what === 'clean' ? await cleanRows(checked) : rejects;
  if (!written) return post('stopped');
  post('file', {what, url: URL.createObjectURL(written.whole())});
}

async function handle(message, given) {
  if (given) {
    file = given;
    workbook = null;
  }
  if (message.type === 'open' || message.type === 'plan') {
    run++;
    await inspect(message.options || {});
  } else if (message.type === 'check') {
    await check(message.options || {});
  } else if (message.type === 'cancel') {
    run++;
    post('stopped');
  } else if (message.type === 'mend') {
    await mend(message.row, message.mend);
  } else if (message.type === 'repair') {
    await repair(message.repairs, message.options);
  } else if (message.type === 'row') {
    await readRow(message.row);
  } else if (message.type === 'save') {
    await save(message.what);
  }
}

// One at a time and in order, but for a cancel: that must overtake the check it ends.
let queue = Promise.resolve();
self.onmessage = (event) => {
  const {message, file: given} = event.data;
  if (message.type === 'cancel') run++;
  queue = queue.then(() => handle(message, given)).catch(
      (error) => fail(error.name === 'NotReadableError'
          ? 'The file cannot be read: it was changed, moved or is open elsewhere. Choose it again.'
          : `The check stopped: ${error.message || error}`));
};
