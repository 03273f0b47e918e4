// Nanoseconds a phone number: ours, natively, beside libphonenumber-js in node and in a browser, on the same numbers in interleaved
// rounds. (phone_bench.cc has libphonenumber in C++ beside it.)
//
//   node tests/bench/phone_peers_bench.mjs [--count 100000] [--rounds 5]
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {isValidPhoneNumber} from 'libphonenumber-js/min';
import {Rig} from './browser_rig.mjs';
import {ROOT, dataFile, flags, goal, makeList, median} from './support.mjs';

const PROGRAM = process.env.LEADLINE_PHONE_BENCH ?? path.join(ROOT, 'build/release/tests/bench/phone_bench');
const options = flags({count: {type: 'string', default: '100000'}, rounds: {type: 'string', default: '5'}});
const COUNT = Number(options.count);

const file = dataFile(`numbers_${COUNT}.txt`, (to) => {
  const list = fs.readFileSync(makeList(200_000).file, 'utf8');
  const numbers = [...list.matchAll(/,(\+[1-9][0-9]{6,14}),/g)].slice(0, COUNT);
  fs.writeFileSync(to, numbers.map((match) => `${match[1]}\n`).join(''));
});
const numbers = fs.readFileSync(file, 'utf8').trim().split('\n');

function inNode() {
  const started = performance.now();
  const valid = numbers.filter((number) => isValidPhoneNumber(number)).length;
  return {valid, ns: (performance.now() - started) * 1e6 / numbers.length};
}

const rig = await new Rig().start();
const SUBJECTS = {
  'leadline, native': () => JSON.parse(execFileSync(PROGRAM, ['--once', file], {encoding: 'utf8'})),
  'libphonenumber-js in node': inNode,
  'libphonenumber-js in the browser': () => rig.run({kind: 'peer', script: 'phone_worker.js'}, file),
};
try {
  const runs = Object.fromEntries(Object.keys(SUBJECTS).map((name) => [name, []]));
  for (let round = 0; round < Number(options.rounds); ++round) {
    for (const [name, run] of Object.entries(SUBJECTS)) runs[name].push(await run());
  }
  const valid = new Set(Object.values(runs).flat().map((run) => run.valid));
  if (valid.size !== 1) throw new Error(`the verdicts differ: ${[...valid].join(', ')} valid numbers of ${numbers.length}`);
  const own = median(runs['leadline, native'].map((run) => run.ns));
  for (const [name, of] of Object.entries(runs)) {
    const ns = of.map((run) => run.ns);
    console.log(`${name.padEnd(34)} ${Math.min(...ns).toFixed(1)} / ${median(ns).toFixed(1)} / ${Math.max(...ns).toFixed(1)} ns per number, ${(median(ns) / own).toFixed(0)} x ours`);
    if (name !== 'leadline, native') goal(`times as fast as ${name}`, median(ns) / own, 40, {atLeast: true});
  }
} finally {
  rig.close();
}
