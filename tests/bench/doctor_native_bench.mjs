// The same check natively, on one core, beside DuckDB on two threads (parse; parse and plain checks, without phones) and zsv (parse).
// Each run is a process of its own that reads the file from the disk cache; the clock is inside it.
//
//   node tests/bench/doctor_native_bench.mjs [--rows 200000] [--rounds 7]
import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {ROOT, compareCounts, flags, goal, interleave, makeList, median, spread, timesOf} from './support.mjs';

const PROGRAM = process.env.LEADLINE_CHECK_BENCH ?? path.join(ROOT, 'build/release/tests/bench/check_bench');
const peer = (name) => fileURLToPath(new URL(`peers/${name}.mjs`, import.meta.url));
const ONE_CORE = ['taskset', '-c', '1'];

const options = flags({rows: {type: 'string', default: '200000'}, rounds: {type: 'string', default: '7'}});
const list = makeList(Number(options.rows));

function run([program, ...args]) {
  return JSON.parse(execFileSync(program, args, {encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe']}));
}

function nativeZsv() {
  try {
    run([PROGRAM, '--once', 'zsv', list.file]);
    return true;
  } catch {
    return false;
  }
}

const SUBJECTS = {
  'leadline parse': [...ONE_CORE, PROGRAM, '--once', 'parse', list.file],
  'leadline check': [...ONE_CORE, PROGRAM, '--once', 'check', list.file],
  'duckdb parse, 2 threads': ['node', peer('duckdb'), 'parse', list.file, '2'],
  'duckdb V, 2 threads': ['node', peer('duckdb'), 'check', list.file, '2'],
  'zsv (wasm) parse': [...ONE_CORE, 'node', peer('zsv'), list.file],
};
const native = nativeZsv();
if (native) SUBJECTS['zsv parse'] = [...ONE_CORE, PROGRAM, '--once', 'zsv', list.file];

const runs = await interleave(SUBJECTS, Number(options.rounds), run);
compareCounts(runs['leadline check'][0].found, list);
const ms = Object.fromEntries(Object.entries(runs).map(([name, of]) => [name, median(timesOf(of))]));
console.log(`${list.rows} rows, ${(list.bytes / 1e6).toFixed(1)} MB`);
for (const [name, of] of Object.entries(runs)) {
  const {rows, cells, valid} = of[0].found;
  console.log(`${name.padEnd(24)} ${spread(timesOf(of)).padEnd(26)} ${(list.bytes / 1e3 / ms[name]).toFixed(0)} MB/s, ${rows} rows` +
      (cells ? `, ${cells} cells` : '') + (valid ? `, ${valid} valid of ${list.expected.V_valid}` : ''));
}
goal('check: times as fast as DuckDB V', ms['duckdb V, 2 threads'] / ms['leadline check'], 2, {atLeast: true});
if (native) {
  goal('parse: times as fast as zsv', ms['zsv parse'] / ms['leadline parse'], 0.7, {atLeast: true});
} else {
  console.log('zsv is not installed: the one measured is its build for WebAssembly, which says little about the native one');
  goal('parse: times as fast as zsv in WebAssembly', ms['zsv (wasm) parse'] / ms['leadline parse'], 0.7, {atLeast: true});
}
