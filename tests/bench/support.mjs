// What the benchmarks beside this file share: options, lists to read, figures.
import {execFileSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PEERS = fileURLToPath(new URL('node_modules', import.meta.url));
const DATA = process.env.LEADLINE_BENCH_DATA ?? path.join(ROOT, 'build/bench');

// The command line as numbers and switches; `options` as util.parseArgs takes them.
export const flags = (options) => parseArgs({options}).values;

// A list of so many rows, made once; 5 % of them are spoiled, and `expected` says how.
export function makeList(rows) {
  const file = path.join(DATA, `leads_${rows}.csv`);
  if (!fs.existsSync(`${file}.json`)) {
    fs.mkdirSync(DATA, {recursive: true});
    const generator = path.join(ROOT, 'tests/support/gen_leads.py');
    execFileSync('python3', [generator, '--rows', String(rows), '--seed', '42', '--dirty', '5', '--out', file], {stdio: 'ignore'});
  }
  const {errors, expected} = JSON.parse(fs.readFileSync(`${file}.json`, 'utf8'));
  return {file, rows, bytes: fs.statSync(file).size, errors, expected};
}

// Where made files are kept.
export function dataFile(name, make) {
  const file = path.join(DATA, name);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(DATA, {recursive: true});
    make(file);
  }
  return file;
}

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
export const spread = (list) => `${Math.min(...list).toFixed(0)} / ${median(list).toFixed(0)} / ${Math.max(...list).toFixed(0)} ms`;

// Runs every subject once a round, so that a busy machine slows all alike; `measure` gives {ms, ...}. One round before them is
// not counted: it warms the disk cache.
export async function interleave(subjects, rounds, measure) {
  const runs = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = -1; round < rounds; ++round) {
    for (const [name, subject] of Object.entries(subjects)) {
      const run = await measure(subject);
      if (round >= 0) runs[name].push(run);
    }
  }
  return runs;
}

export const timesOf = (runs) => runs.map((run) => run.ms);

// "goal" lines: what was asked for, and what this run gave.
export function goal(what, value, limit, {atLeast}) {
  const met = atLeast ? value >= limit : value <= limit;
  console.log(`${met ? 'met   ' : 'MISSED'} ${what}: ${value.toFixed(2)} (${atLeast ? 'at least' : 'at most'} ${limit})`);
}

// Our counts beside what the generator says it spoiled. The left side are its kinds, the right side our codes; a kind of its own
// stands alone, those that depend on the random digits of a number stand together.
const KINDS = [
  ['phone_no_plus', 'phone_missing_plus'],
  ['phone_spaces phone_dashes_parens', 'phone_has_punctuation'],
  ['phone_national_trunk phone_00_prefix', 'phone_no_country_code phone_00_prefix'],   // a 0 before a 0 reads as 00
  ['phone_double_plus', 'phone_double_plus'],
  ['phone_scientific', 'phone_scientific'],
  ['phone_decimal_tail', 'phone_decimal_tail'],
  ['phone_placeholder', 'phone_placeholder'],
  ['phone_fullwidth_digits', 'phone_fullwidth_digits'],
  ['phone_trailing_space', 'phone_surrounding_space'],
  ['phone_plus_zero phone_unassigned_cc', 'phone_unknown_country_code'],
  ['phone_letters phone_too_short phone_too_long phone_extension phone_bad_area phone_wrong_length_for_country phone_bad_prefix_for_country',
    'phone_letters phone_too_short phone_too_long phone_extension phone_not_in_plan phone_wrong_length phone_not_dialable'],
  ['email_no_at', 'email_no_at'],
  ['email_double_at', 'email_double_at'],
  ['email_no_tld', 'email_no_tld'],
  ['email_space', 'email_space'],
  ['email_empty_local', 'email_empty_local'],
  ['email_empty_domain', 'email_empty_domain'],
  ['email_double_dot_domain', 'email_double_dot'],
  ['missing_name', 'name_missing'],
  ['missing_phone', 'phone_missing'],
  ['missing_email', 'email_missing'],
  ['duplicate_phone duplicate_row', 'duplicate_in_file'],
  ['timezone_unknown', 'timezone_unknown'],
  ['too_few_columns', 'row_too_few_columns'],
  ['too_many_columns', 'row_too_many_columns'],
];

// Throws with every difference. `found`: {rows, accepted, problems: {code: rows}}.
export function compareCounts(found, {rows, errors, expected}) {
  const sum = (counts, names) => names.split(' ').reduce((total, name) => total + (counts[name] ?? 0), 0);
  const wrong = [];
  const same = (what, ours, theirs) => ours === theirs || wrong.push(`${what}: ${ours} found, ${theirs} made`);
  same('rows', found.rows, rows);
  same('good rows', found.accepted, expected.clean_rows);
  for (const [kinds, codes] of KINDS) same(kinds, sum(found.problems, codes), sum(errors, kinds));
  const known = new Set(KINDS.flatMap(([, codes]) => codes.split(' ')));
  for (const code of Object.keys(found.problems)) if (!known.has(code)) same(code, found.problems[code], 0);
  if (wrong.length > 0) throw new Error(`the counts differ from what is in the list:\n${wrong.join('\n')}`);
  console.log(`counts: ${rows} rows, ${Object.keys(errors).length} kinds of errors in ${KINDS.length} groups, all as made`);
}
