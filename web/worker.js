// Checks a list off the main thread: reads the chosen file in slices (it is never loaded whole), feeds
// them to the checking module (client/worker/checker_worker.cc), and tells the page what was found.
// A workbook is first made text by a module of its own (client/worker/xlsx_worker.cc), loaded when it is needed.
// Needs no server and sends nothing anywhere.
//
// In:  {type:"open", options} with a file      -> plan | failed
//      {type:"plan", options}                  -> plan, of the same file with other options
//      {type:"check", options}                 -> progress ... progress{done:true} | failed
//      {type:"cancel"}                         -> stopped
//      {type:"save", what:"rejects"|"clean"}   -> file{what, url}
// Options: {sheet, encoding, delimiter, header, region, required:[names], repairs, duplicates, mapping:{header: target}}
import createChecker from './checker.js';

const HEAD_BYTES = 64 * 1024;
const SLICE_BYTES = 1024 * 1024;
const REPORT_EVERY_MS = 100;
const OUTPUT = {message: 0, rejects: 1, clean: 2};

const loaded = createChecker();
const encoder = new TextEncoder();
const decoder = new TextDecoder();
let file = null;
let workbook = null;                      // its module, while the file is a workbook
let run = 0;                              // a newer check or a cancel ends the older one
const saved = {rejects: [], clean: []};   // blobs: the browser may keep them on disk

const post = (type, more) => self.postMessage({type, ...more});
const fail = (message) => post('failed', {message});

function give(checker, bytes) {
  const at = checker._checker_input(bytes.length);
  checker.HEAPU8.set(bytes, at);
}

function take(checker, which) {
  const at = checker._checker_output(which);
  return checker.HEAPU8.slice(at, at + checker._checker_output_size(which));
}

function takeMessage(checker) {
  return JSON.parse(decoder.decode(take(checker, OUTPUT.message)));
}

function configure(checker, options) {
  const records = [];
  const add = (...parts) => records.push(parts.map((p) => String(p).replace(/[\x1e\x1f]/g, ' ')).join('\x1f'));
  for (const key of ['encoding', 'delimiter', 'region']) if (options[key]) add(key, options[key]);
  for (const key of ['header', 'repairs', 'duplicates']) {
    if (typeof options[key] === 'boolean') add(key, options[key] ? 1 : 0);
  }
  for (const [header, target] of Object.entries(options.mapping || {})) add('map', header, target);
  // Always told, so that an empty list means: nothing but the phone.
  add('required', (options.required || []).join(' '));
  give(checker, encoder.encode(records.join('\x1e')));
  checker._checker_configure();
}

async function bytesOf(from, to) {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

// Lets a message in, such as a cancel, between two steps of a workbook.
const turn = new MessageChannel();
const breathe = () => new Promise((resolve) => {
  turn.port1.onmessage = resolve;
  turn.port2.postMessage(null);
});

function messageOf(book) {
  const at = book._xlsx_message();
  return JSON.parse(decoder.decode(book.HEAPU8.slice(at, at + book._xlsx_message_size())));
}

// Whether there is more; throws the module's own sentence.
function stepped(book, result) {
  if (result < 0) throw new Error(messageOf(book));
  return result === 1;
}

async function openWorkbook() {
  const {default: createXlsx} = await import('./xlsx.js');
  const reader = new FileReaderSync();
  const of = file;
  const readFile = (at, size) => new Uint8Array(reader.readAsArrayBuffer(of.slice(at, at + size)));
  const book = await createXlsx({readFile});
  book._xlsx_begin(of.size);
  while (stepped(book, book._xlsx_open())) await breathe();
  return book;
}

// The text of the sheet that the options name, piece by piece: {text, at, done}, with text a view of the module's memory.
async function* sheetText(book, options) {
  const name = encoder.encode(options.sheet || '');
  const to = book._xlsx_input(name.length);
  book.HEAPU8.set(name, to);
  stepped(book, book._xlsx_sheet());
  yield {book: messageOf(book), text: new Uint8Array(), at: 0, done: false};
  for (let more = true; more;) {
    await breathe();
    more = stepped(book, book._xlsx_step());
    const from = book._xlsx_text();
    yield {text: book.HEAPU8.subarray(from, from + book._xlsx_text_size()), at: book._xlsx_bytes(), done: !more};
  }
}

async function* fileText() {
  for (let at = 0; at < file.size;) {
    const text = await bytesOf(at, at + SLICE_BYTES);
    if (text.length === 0) return;
    at += text.length;
    yield {text, at, done: false};
  }
}

// The first text of a sheet, as much as is looked at, and what the workbook says of itself.
async function sheetHead(options) {
  const pieces = [];
  let size = 0, whole = false, book;
  for await (const piece of sheetText(workbook, options)) {
    book ??= piece.book;
    pieces.push(piece.text.slice());
    size += piece.text.length;
    whole = piece.done;
    if (size >= HEAD_BYTES) break;
  }
  const all = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return {head: all.subarray(0, HEAD_BYTES), whole: whole && size <= HEAD_BYTES, book};
}

// A workbook's text has one form; what was chosen for another file means nothing to it.
const asText = (options) => (workbook ? {...options, encoding: 'utf-8', delimiter: ','} : options);

async function inspect(options) {
  const checker = await loaded;
  const start = await bytesOf(0, HEAD_BYTES);
  if (start.length === 0) return fail('The file is empty. Choose another one.');
  const isWorkbook = start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4;
  if (isWorkbook) workbook ??= await openWorkbook();
  const {head, whole, book} =
      isWorkbook ? await sheetHead(options) : {head: start, whole: file.size <= HEAD_BYTES, book: {}};
  configure(checker, asText(options));
  give(checker, head);
  checker._checker_inspect(whole ? 1 : 0);
  post('plan', {plan: {...takeMessage(checker), ...book}});
}

function keepOutputs(checker) {
  for (const what of ['rejects', 'clean']) {
    const bytes = take(checker, OUTPUT[what]);
    if (bytes.length > 0) saved[what].push(new Blob([bytes]));
  }
}

// What several slices found, as one report.
function merge(into, progress) {
  const shown = into ? into.shown.concat(progress.shown) : progress.shown;
  return {...progress, shown};
}

async function check(options) {
  const mine = ++run;
  const checker = await loaded;
  saved.rejects = [];
  saved.clean = [];
  configure(checker, asText(options));
  checker._checker_begin();
  const started = performance.now();
  let reported = started;
  let report = null;
  const feed = (bytes, at, done) => {
    give(checker, bytes);
    checker._checker_feed();
    report = merge(report, takeMessage(checker));
    keepOutputs(checker);
    const now = performance.now();
    if (!done && now - reported < REPORT_EVERY_MS) return;
    reported = now;
    const notes = workbook ? messageOf(workbook) : [];
    post('progress', {...report, bytes: at, notes, done, ms: Math.round(now - started)});
    report = null;
  };
  for await (const {text, at} of workbook ? sheetText(workbook, options) : fileText()) {
    if (mine !== run) return;
    // Nothing to feed is how the module is told of the end.
    if (text.length > 0) feed(text, at, false);
  }
  if (mine === run) feed(new Uint8Array(), file.size, true);
}

function save(what) {
  const blob = new Blob(saved[what], {type: 'text/csv;charset=utf-8'});
  post('file', {what, url: URL.createObjectURL(blob)});
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
  } else if (message.type === 'save') {
    save(message.what);
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
