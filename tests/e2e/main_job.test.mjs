// The main job in a real browser, once with each provider: a real list is dropped, mapped, mended and imported; an assistant and a
// campaign are made; the calls go through HTTP to the simulator; and the table is watched while they do.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {choose, dropFile, heading, shown, startApp} from './app_page.mjs';
import {RETELL_ASSISTANT, VAPI_ASSISTANT, tempFolder, until} from './processes.mjs';

const GENERATOR = fileURLToPath(new URL('../support/gen_leads.py', import.meta.url));
const ROWS = 10_000;

let app;
let folder;
before(async () => {
  folder = tempFolder();
  app = await startApp({timeScale: 300});
  // Fifteen minutes in the provider's queue are three seconds here: no status is so short that a busy machine's page misses it.
  await app.simulator.config({durations: {queue_min_seconds: 900, queue_max_seconds: 900}});
});
after(async () => {
  await app?.close();
  folder?.remove();
});

function generate(seed) {
  const file = path.join(folder.path, `leads-${seed}.csv`);
  execFileSync('/usr/bin/python3', [GENERATOR, '--rows', String(ROWS), '--seed', String(seed), '--dirty', '5', '--out', file]);
  return file;
}

// Records of a CSV, its header not counted.
function recordsOf(csv) {
  const cells = csv.replace(/"(?:[^"]|"")*"/g, 'q');
  return cells.trim().split('\n').length - 1;
}

async function makeAssistant(page, assistant) {
  await page.getByRole('navigation').getByRole('link', {name: 'Assistants'}).click();
  await page.getByRole('button', {name: 'New assistant'}).first().click();
  await heading(page, 'New assistant');
  await page.getByRole('textbox', {name: 'Name', exact: true}).fill(assistant.name);
  await page.getByRole('radio', {name: new RegExp(assistant.provider, 'i')}).check();
  await page.getByRole('textbox', {name: /^(Agent|Assistant) id$/}).fill(assistant.external_id);
  if (assistant.caller_number) await page.getByRole('textbox', {name: 'Caller number'}).fill(assistant.caller_number);
  if (assistant.phone_number_id) await page.getByRole('textbox', {name: 'Phone number id'}).fill(assistant.phone_number_id);
  await page.getByRole('button', {name: 'Create assistant'}).click();
  await heading(page, assistant.name);
}

async function makeCampaign(page, name, assistant) {
  await page.getByRole('navigation').getByRole('link', {name: 'Campaigns'}).click();
  await page.getByRole('button', {name: 'New campaign'}).first().click();
  await page.getByRole('textbox', {name: 'Name', exact: true}).fill(name);
  await choose(page, 'Assistant', new RegExp(assistant.provider, 'i'));
  await page.getByRole('button', {name: 'Remove these hours'}).click();  // always open: the test runs at any hour
  await page.getByRole('spinbutton', {name: 'Maximum attempts per number'}).fill('2');
  await page.getByRole('spinbutton', {name: 'Retry delay in hours'}).fill('1');
  await page.getByRole('spinbutton', {name: 'Seconds between two calls to one lead'}).fill('900');
  await page.getByRole('button', {name: 'Create campaign'}).click();
  await heading(page, name);
}

async function importList(page, file, campaign) {
  const {expected} = JSON.parse(await readFile(`${file}.json`, 'utf8'));
  await page.getByRole('navigation').getByRole('link', {name: 'Import'}).click();
  await heading(page, 'Import');
  await dropFile(page, path.basename(file), await readFile(file, 'utf8'));

  await shown(page, /What the columns hold/);
  for (const [column, field] of [['Name', 'Name'], ['Phone', 'Phone'], ['Email', 'Email'], ['Timezone', 'Time zone']]) {
    assert.match(await page.getByRole('combobox', {name: column, exact: true}).textContent(), new RegExp(field), column);
  }
  await page.getByRole('button', {name: 'Check the rows'}).click();
  await page.getByRole('button', {name: 'Continue to import'}).waitFor();
  const problems = page.getByRole('grid', {name: 'Problems'});
  await choose(page, 'Kind of problem', 'There is no such time zone.');
  await until('the problems of one kind', async () =>
    (await problems.getByRole('row').allTextContents()).slice(1).every((row) => /time zone/i.test(row)));

  const download = page.waitForEvent('download');
  await page.getByRole('button', {name: 'Download the reject file'}).click();
  const rejects = await readFile(await (await download).path(), 'utf8');
  assert.match(rejects.slice(0, rejects.indexOf('\n')), /,problem,fix\r?$/);
  const held = recordsOf(rejects);
  assert.ok(held > 0 && held <= expected.dirty_rows, `${held} rows are held back, ${expected.dirty_rows} are dirty`);

  await page.getByRole('button', {name: 'Continue to import'}).click();
  await choose(page, 'Campaign', campaign);
  await page.getByRole('button', {name: 'See what will happen'}).click();
  const commit = page.getByRole('button', {name: /^Import [\d,]+ leads$/});
  const promised = Number((await commit.textContent()).replace(/\D/g, ''));
  assert.equal(promised + held, ROWS, 'the server finds what the browser found, and rows in are rows out');
  await commit.click();
  await shown(page, 'The list is imported.');
  return promised;
}

// Everybody's fate is fixed by the last digits of the number (docs/provider-sim.md).
const PEOPLE = [
  {name: 'Answers At Once', phone: '2000001', passes: ['Processing', 'Completed']},
  {name: 'Never There', phone: '2000002', passes: ['Processing', 'Rescheduled', 'Max Retries']},
  {name: 'There Later', phone: '2000006', passes: ['Rescheduled', 'Completed']},
  {name: 'No Such Number', phone: '2000005', passes: ['Failed']},
  {name: 'Second Number Answers', phone: '2010002', second: '2010001', passes: ['Scheduled', 'Completed']},
  {name: 'Webhooks Lost', phone: '2000017', passes: ['Processing', 'Completed']},
];
const FINAL = ['Completed', 'Max Retries', 'Failed'];
const STATUSES = ['Created', 'Processing', 'Rescheduled', 'Scheduled', ...FINAL];

function listOfPeople(area) {
  const number = (digits) => (digits ? `+1${area}${digits}` : '');
  return 'Name,Phone,Email,Secondary Phone 1\n' + PEOPLE.map((p, i) =>
    `${p.name},${number(p.phone)},person${i}@example.com,${number(p.second)}\n`).join('');
}

// Gathers every status that the table shows of every person, while it changes by itself.
async function recordStatuses(page) {
  await page.evaluate((statuses) => {
    const passed = globalThis.passed = {};
    const look = () => {
      for (const row of document.querySelectorAll('[role=grid] [role=row]')) {
        const cells = [...row.querySelectorAll('[role=gridcell]')].map((cell) => cell.textContent);
        const status = cells.find((text) => statuses.includes(text));
        if (!status) continue;
        const list = passed[cells.find((text) => /^[A-Z][a-z]+ [A-Z]/.test(text) && !statuses.includes(text))] ??= [];
        if (list.at(-1) !== status) list.push(status);
      }
    };
    look();
    new MutationObserver(look).observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
  }, STATUSES);
  return () => page.evaluate(() => globalThis.passed);
}

for (const [i, assistant] of [RETELL_ASSISTANT, VAPI_ASSISTANT].entries()) {
  test(`${assistant.provider}: a dirty list of ${ROWS} rows is mapped, checked and imported`, {timeout: 120_000}, async () => {
    const campaign = `Spring by ${assistant.provider}`;
    const page = await app.open('/home');
    await makeAssistant(page, assistant);
    await makeCampaign(page, campaign, assistant);
    const imported = await importList(page, generate(i + 1), campaign);
    const {id} = (await app.server.api('GET', '/campaigns')).items.find((c) => c.name === campaign);
    assert.equal((await app.server.api('GET', `/leads?campaign_id=${id}&limit=1`)).total, imported);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  test(`${assistant.provider}: people are called, and the table shows it by itself`, {timeout: 120_000}, async () => {
    const campaign = `People by ${assistant.provider}`;
    const page = await app.open('/home');
    await makeCampaign(page, campaign, assistant);
    const {id} = (await app.server.api('GET', '/campaigns')).items.find((c) => c.name === campaign);
    await app.server.importCsv('people', id, listOfPeople(['212', '312'][i]));

    const table = await app.open(`/leads?campaign=${id}`);
    await table.getByRole('gridcell', {name: PEOPLE[0].name}).waitFor();
    const passed = await recordStatuses(table);
    await page.getByRole('button', {name: 'Start', exact: true}).click();
    await page.getByRole('button', {name: 'Pause'}).waitFor();
    await until('everybody to be done', async () => {
      const now = await passed();
      if (PEOPLE.every((p) => FINAL.includes(now[p.name]?.at(-1)))) return true;
      throw new Error(JSON.stringify(now));
    }, 90_000);
    const all = await passed();
    for (const {name, passes} of PEOPLE) {
      assert.deepEqual(passes.filter((status) => !all[name].includes(status)), [], `${name} went through ${all[name]}`);
      assert.equal(all[name].at(-1), passes.at(-1), name);
    }
    const rings = (await app.simulator.rings()).filter((ring) => ring.number.startsWith(['+1212', '+1312'][i]));
    const ofTwo = rings.map((ring) => ring.number.slice(5)).filter((number) => number.startsWith('201'));
    assert.deepEqual(ofTwo, ['2010002', '2010001']);
    for (const {name, phone} of PEOPLE) {
      assert.ok(rings.filter((ring) => ring.number.endsWith(phone)).length <= 2, `${name} was rung more often than the campaign allows`);
    }
    assert.deepEqual([...page.problems, ...table.problems], []);
    await page.context().close();
    await table.context().close();
  });
}
