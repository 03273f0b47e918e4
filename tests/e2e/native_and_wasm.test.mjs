// The list check gives the same in the browser's module as on the command line: counts, reject file and clean file, byte by byte, of
// lists that are dirty, damaged at random, and in several encodings. LEADLINE_LISTS is how many (as shipped 20), LEADLINE_SEED the
// first seed. In a browser, because node reads some of the old character sets in its own way.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {openWorkerPage} from './worker_page.mjs';

const ROOT = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const BIN = process.env.LEADLINE_BIN ?? path.join(ROOT, 'build/release/leadline');
const LISTS = Number(process.env.LEADLINE_LISTS ?? 20);
const SEED = Number(process.env.LEADLINE_SEED ?? 1);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'leadline-same-'));
let page;
before(async () => { page = await openWorkerPage(); });
after(async () => {
  await page?.close();
  fs.rmSync(folder, {recursive: true});
});

// mulberry32
function random(seed) {
  return (below) => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const TOKENS = ['"', '""', ',', ';', '\t', '\n', '\r\n', '\r', '\0', '\\', "'", '\uFEFF', '#', '+', '00', '4.41E+11', '٣', '＋４４', 'x12',
  'EST', '1/2/03', '=1+1', ' ', '@', '..', 'ß'].map((text) => Buffer.from(text));

// Bytes taken out, doubled, replaced by what parsers stumble over, or cut off.
function damage(bytes, below) {
  let out = bytes;
  for (let i = below(30); i > 0; --i) {
    const at = below(out.length + 1);
    const end = Math.min(out.length, at + below(40));
    const what = [Buffer.alloc(0), out.subarray(at, end), TOKENS[below(TOKENS.length)], Buffer.from([below(256)])][below(4)];
    const from = below(2) ? at : end;
    out = Buffer.concat([out.subarray(0, at), what, out.subarray(from)]);
  }
  return below(8) ? out : out.subarray(0, below(out.length + 1));
}

const ENCODINGS = ['utf-8', 'utf-8', 'windows-1252', 'utf-16le', 'utf-16be', 'shift_jis', 'gb18030', 'windows-1251', 'koi8-r'];

function encoded(text, encoding) {
  if (encoding === 'utf-8') return text;
  return spawnSync('iconv', ['-c', '-f', 'utf-8', '-t', encoding], {input: text, maxBuffer: 1 << 26}).stdout;
}

function makeList(seed, base) {
  const below = random(seed);
  const encoding = ENCODINGS[below(ENCODINGS.length)];
  const rows = base[below(base.length)];
  const bytes = encoded(rows, encoding);
  return {bytes: below(3) ? damage(bytes, below) : bytes, region: ['', 'US', 'DE', 'JP'][below(4)], encoding: below(2) ? encoding : ''};
}

const withoutBom = (bytes) => (bytes[0] === 0xEF ? bytes.subarray(3) : bytes);

async function inBrowser(list) {
  const options = {region: list.region, encoding: list.encoding, required: ['name', 'email']};
  const [plan, checked, rejects, clean] = await page.talk('list.csv', list.bytes, [
    {type: 'open', options}, {type: 'check', options}, {type: 'save', what: 'rejects'}, {type: 'save', what: 'clean'}]);
  if (plan.type === 'failed') return {failed: true};
  const {rows, accepted, rejected, repaired, blank, problems} = checked;
  return {
    counts: {rows, accepted, rejected, repaired, blank, problems},
    rejects: withoutBom(rejects.bytes),
    clean: withoutBom(clean.bytes),
  };
}

function onCommandLine(list) {
  const file = (name) => path.join(folder, name);
  fs.writeFileSync(file('list.csv'), list.bytes);
  const run = spawnSync(BIN, ['check', '--json', '--report', file('rejects.csv'), '--clean', file('clean.csv'),
    ...(list.region ? ['--region', list.region] : []), ...(list.encoding ? ['--encoding', list.encoding] : []), file('list.csv')]);
  if (!run.stdout.length) return {failed: true};
  const {rows, accepted, rejected, repaired, blank, problems} = JSON.parse(run.stdout);
  return {
    counts: {rows, accepted, rejected, repaired, blank, problems},
    rejects: withoutBom(fs.readFileSync(file('rejects.csv'))),
    clean: withoutBom(fs.readFileSync(file('clean.csv'))),
  };
}

test(`${LISTS} lists are checked alike`, async () => {
  const base = [1, 2, 3, 4].map((seed) => {
    const out = path.join(folder, `base${seed}.csv`);
    execFileSync('python3', [path.join(ROOT, 'tests/support/gen_leads.py'), '--rows', String(40 * seed), '--seed', String(seed), '--dirty', '30',
      '--out', out], {stdio: 'ignore'});
    return fs.readFileSync(out);
  });
  let refused = 0;
  for (let seed = SEED; seed < SEED + LISTS; ++seed) {
    const list = makeList(seed, base);
    const native = onCommandLine(list);
    const browser = await inBrowser(list);
    const which = `seed ${seed}: LEADLINE_LISTS=1 LEADLINE_SEED=${seed} node --test ${path.relative(ROOT, fileURLToPath(import.meta.url))}`;
    assert.deepEqual(browser.counts, native.counts, which);
    assert.equal(browser.rejects?.toString('latin1'), native.rejects?.toString('latin1'), which);
    assert.equal(browser.clean?.toString('latin1'), native.clean?.toString('latin1'), which);
    refused += native.failed ? 1 : 0;
  }
  assert.ok(refused < LISTS / 2, 'most of the lists can be read');
});
