// Checks a list off the main thread: reads the chosen file in slices (it is never loaded whole), feeds
// them to the checking module (client/worker/checker_worker.cc), and tells the page what was found.
// Needs no server and sends nothing anywhere.
//
// In:  {type:"open", options} with a file      -> plan | failed
//      {type:"plan", options}                  -> plan, of the same file with other options
//      {type:"check", options}                 -> progress ... progress{done:true} | failed
//      {type:"cancel"}                         -> stopped
//      {type:"save", what:"rejects"|"clean"}   -> file{what, url}
// Options: {encoding, delimiter, quote, escape, comment, header, region, required:[names], repairs, duplicates, mapping:{header: target}}
import createChecker from './checker.js';

const HEAD_BYTES = 64 * 1024;
const SLICE_BYTES = 1024 * 1024;
const REPORT_EVERY_MS = 100;
const OUTPUT = {message: 0, rejects: 1, clean: 2};

const loaded = createChecker();
let file = null;
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
  return JSON.parse(new TextDecoder().decode(take(checker, OUTPUT.message)));
}

function configure(checker, options) {
  const records = [];
  const add = (...parts) => records.push(parts.map((p) => String(p).replace(/[\x1e\x1f]/g, ' ')).join('\x1f'));
  for (const key of ['encoding', 'delimiter', 'quote', 'escape', 'comment', 'region']) if (options[key]) add(key, options[key]);
  for (const key of ['header', 'repairs', 'duplicates']) {
    if (typeof options[key] === 'boolean') add(key, options[key] ? 1 : 0);
  }
  for (const [header, target] of Object.entries(options.mapping || {})) add('map', header, target);
  // Always told, so that an empty list means: nothing but the phone.
  add('required', (options.required || []).join(' '));
  give(checker, new TextEncoder().encode(records.join('\x1e')));
  checker._checker_configure();
}

async function bytesOf(from, to) {
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

async function inspect(options) {
  const checker = await loaded;
  const head = await bytesOf(0, HEAD_BYTES);
  if (head.length === 0) return fail('The file is empty. Choose another one.');
  if (head[0] === 0x50 && head[1] === 0x4b) {
    return fail('This is a workbook, not a CSV file. In your spreadsheet program, save it as "CSV UTF-8" and choose that file.');
  }
  configure(checker, options);
  give(checker, head);
  checker._checker_inspect(file.size <= HEAD_BYTES ? 1 : 0);
  post('plan', {plan: takeMessage(checker)});
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
  configure(checker, options);
  checker._checker_begin();
  const started = performance.now();
  let reported = started;
  let report = null;
  for (let at = 0, done = false; !done;) {
    const bytes = await bytesOf(at, at + SLICE_BYTES);
    if (mine !== run) return;
    give(checker, bytes);
    checker._checker_feed();
    at += bytes.length;
    done = bytes.length === 0;
    report = merge(report, takeMessage(checker));
    keepOutputs(checker);
    const now = performance.now();
    if (done || now - reported >= REPORT_EVERY_MS) {
      reported = now;
      post('progress', {...report, bytes: at, done, ms: Math.round(now - started)});
      report = null;
    }
  }
}

function save(what) {
  const blob = new Blob(saved[what], {type: 'text/csv;charset=utf-8'});
  post('file', {what, url: URL.createObjectURL(blob)});
}

async function handle(message, given) {
  if (given) file = given;
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
