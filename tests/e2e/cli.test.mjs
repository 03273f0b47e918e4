// The command line as people type it: the release binary, real files, exit codes.
import assert from 'node:assert/strict';
import {execFileSync, spawnSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {BINARY, tempFolder} from './processes.mjs';

const GENERATOR = fileURLToPath(new URL('../support/gen_leads.py', import.meta.url));
const ROWS = 2000;

const inFolder = (name) => path.join(folder.path, name);
let folder;
let list;
let dirty;
before(() => {
  folder = tempFolder();
  list = inFolder('leads.csv');
  execFileSync('/usr/bin/python3', [GENERATOR, '--rows', String(ROWS), '--seed', '3', '--dirty', '10', '--out', list]);
  dirty = JSON.parse(readFileSync(`${list}.json`, 'utf8')).expected.dirty_rows;
});
after(() => folder.remove());

function leadline(...args) {
  const {status, stdout, stderr} = spawnSync(BINARY, args, {encoding: 'utf8', timeout: 60_000});
  return {status, stdout, stderr, json: () => JSON.parse(stdout)};
}

test('check counts every row, and its two files can be used as they are', () => {
  const checked = leadline('check', list, '--json', '--report', inFolder('rejects.csv'), '--clean', inFolder('clean.csv'));
  assert.equal(checked.status, 1);
  const {rows, accepted, rejected} = checked.json();
  assert.deepEqual([rows, accepted + rejected], [ROWS, ROWS]);
  assert.equal(rejected, dirty);

  const clean = leadline('check', inFolder('clean.csv'), '--json');
  assert.equal(clean.status, 0, clean.stdout);
  assert.equal(clean.json().accepted, accepted);
  const again = leadline('check', inFolder('rejects.csv'), '--json');
  assert.equal(again.json().rows, rejected, 'the reject file is a list again');
});

test('check says 2 and why when there is no file, or none that could be a list', () => {
  const missing = leadline('check', inFolder('nowhere.csv'));
  assert.equal(missing.status, 2);
  assert.match(missing.stderr, /nowhere\.csv/);
  writeFileSync(inFolder('zip.csv'), Buffer.from('504b0304140000000800', 'hex'));
  const zip = leadline('check', inFolder('zip.csv'));
  assert.equal(zip.status, 2);
  assert.match(zip.stderr, /damaged.*save it again/);
});

test('a list is imported, exported, and imported elsewhere without a change', () => {
  const data = inFolder('data');
  const trial = leadline('import', list, '--data', data, '--dry-run', '--json');
  assert.ok([0, 1].includes(trial.status), trial.stderr);
  assert.equal(leadline('export', '--data', data).stdout.trim().split('\n').length, 1, 'a dry run stores nothing');

  const imported = leadline('import', list, '--data', data, '--json', '--report', inFolder('held.csv'));
  assert.ok([0, 1].includes(imported.status), imported.stderr);
  assert.equal(imported.json().created + imported.json().rejected, ROWS);
  assert.deepEqual(readFileSync(inFolder('held.csv'), 'utf8').split('\n')[0].trim().endsWith('problem,fix'), true);

  assert.equal(leadline('export', '--data', data, '--secondary', '--out', inFolder('out.csv')).status, 0);
  const elsewhere = inFolder('elsewhere');
  const second = leadline('import', inFolder('out.csv'), '--data', elsewhere, '--json');
  assert.equal(second.json().created, imported.json().created);
  assert.equal(leadline('export', '--data', elsewhere, '--secondary').stdout, readFileSync(inFolder('out.csv'), 'utf8'));
});

test('the same list twice adds nobody twice', () => {
  const again = leadline('import', list, '--data', inFolder('data'), '--json').json();
  assert.equal(again.created, 0);
});

test('phone says what a number is', () => {
  assert.match(leadline('phone', '+14155552671').stdout, /US|America/);
  assert.equal(leadline('phone', 'hello').status !== 0, true);
});
