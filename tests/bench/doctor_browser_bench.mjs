// The file doctor in a browser: a file from a real file input through our worker, as the page's wizard does it, beside PapaParse with
// libphonenumber-js (L), PapaParse and uDSV with plain checks (V), and just reading the file. Our own check is more than L: time zones,
// typed columns, proposals, the reject and the clean file.
//
//   node tests/bench/doctor_browser_bench.mjs [--rows 200000] [--rounds 5] [--gigabyte]
//
// --gigabyte checks ours alone on a list of 1 GB and prints its memory.
import {Rig} from './browser_rig.mjs';
import {compareCounts, flags, goal, interleave, makeList, median, spread, timesOf} from './support.mjs';

const GIGABYTE_ROWS = 6_500_000;
const OURS = {kind: 'ours', required: ['name', 'email']};
const SUBJECTS = {
  'leadline (more than L)': OURS,
  'papaparse worker:true, L on the page': {kind: 'papaOnPage', grade: 'L'},
  'papaparse in a worker, L': {kind: 'peer', script: 'papa_worker.js', grade: 'L'},
  'papaparse worker:true, V on the page': {kind: 'papaOnPage', grade: 'V'},
  'papaparse in a worker, V': {kind: 'peer', script: 'papa_worker.js', grade: 'V'},
  'uDSV in a worker, V': {kind: 'peer', script: 'udsv_worker.js', grade: 'V', wrongOnRaggedRows: true},
  'read, by slices': {kind: 'peer', script: 'read_worker.js', by: 'slices'},
  'read, as a stream': {kind: 'peer', script: 'read_worker.js', by: 'stream'},
};

const options = flags({
  rows: {type: 'string', default: '200000'}, rounds: {type: 'string', default: '5'}, gigabyte: {type: 'boolean', default: false}});

const rig = await new Rig().start();

function checkVerdicts(subject, {rows, valid}, list) {
  if (subject.kind === 'ours' || subject.by || subject.wrongOnRaggedRows) return;
  if (rows !== list.rows || valid !== list.expected[`${subject.grade}_valid`]) {
    throw new Error(`${subject.script ?? subject.kind} ${subject.grade}: ${valid} valid of ${rows} rows, which is wrong: no fair peer`);
  }
}

async function memoryOf(name, subject, list) {
  const {grown, blank, ...found} = await rig.run(subject, list.file, {watchMemory: true});
  console.log(`memory ${name.padEnd(38)} +${grown.all.toFixed(0)} MB in all processes, +${grown.tab.toFixed(0)} MB in the tab ` +
      `(blank page ${blank.all.toFixed(0)} and ${blank.tab.toFixed(0)} MB)`);
  return {grown, blank, ...found};
}

async function besidePeers(list, rounds) {
  const runs = await interleave(SUBJECTS, rounds, async (subject) => {
    const run = await rig.run(subject, list.file);
    checkVerdicts(subject, run, list);
    return run;
  });
  compareCounts(runs['leadline (more than L)'][0], list);
  const ms = Object.fromEntries(Object.entries(runs).map(([name, of]) => [name, median(timesOf(of))]));
  const own = ms['leadline (more than L)'];
  for (const [name, of] of Object.entries(runs)) {
    console.log(`${name.padEnd(38)} ${spread(timesOf(of)).padEnd(26)} ${(list.rows / ms[name] / 1000).toFixed(2)} M rows/s, ` +
        `${(ms[name] / own).toFixed(2)} x ours, longest stall ${Math.max(...of.map((run) => run.stall)).toFixed(0)} ms`);
  }
  const stall = Math.max(...runs['leadline (more than L)'].map((run) => run.stall));
  goal('times as fast as PapaParse worker:true + libphonenumber-js', ms['papaparse worker:true, L on the page'] / own, 10, {atLeast: true});
  goal('times as fast as PapaParse + libphonenumber-js in a worker of their own', ms['papaparse in a worker, L'] / own, 10, {atLeast: true});
  goal('times as fast as PapaParse worker:true, V', ms['papaparse worker:true, V on the page'] / own, 4.5, {atLeast: true});
  goal('times as fast as PapaParse in a worker of its own, V', ms['papaparse in a worker, V'] / own, 4.5, {atLeast: true});
  goal('time over just reading the file', own / Math.min(ms['read, by slices'], ms['read, as a stream']), 2.8, {atLeast: false});
  goal('longest stall of the page, ms', stall, 50, {atLeast: false});
}

async function memories(list) {
  const grown = {};
  for (const [name, subject] of Object.entries(SUBJECTS)) grown[name] = (await memoryOf(name, subject, list)).grown;
  const half = (await memoryOf('leadline, half of the rows', OURS, makeList(list.rows / 2))).grown;
  const own = grown['leadline (more than L)'];
  goal('memory above a blank page, MB', own.all, 150, {atLeast: false});
  goal('memory over that of half of the rows', own.all / half.all, 1.2, {atLeast: false});
}

async function gigabyte() {
  const list = makeList(GIGABYTE_ROWS);
  const {ms, stall, grown, blank, ...found} = await memoryOf('leadline, 1 GB', OURS, list);
  compareCounts(found, list);
  console.log(`${(list.bytes / 1e9).toFixed(2)} GB in ${(ms / 1000).toFixed(1)} s, longest stall ${stall.toFixed(0)} ms`);
  goal('the tab, MB', blank.tab + grown.tab, 300, {atLeast: false});
}

try {
  if (options.gigabyte) {
    await gigabyte();
  } else {
    const list = makeList(Number(options.rows));
    console.log(`${list.rows} rows, ${(list.bytes / 1e6).toFixed(1)} MB`);
    await besidePeers(list, Number(options.rounds));
    await memories(list);
  }
} finally {
  rig.close();
}
