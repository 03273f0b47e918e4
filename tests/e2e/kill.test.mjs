// Real processes: the server is killed with SIGKILL at random instants while it calls through the simulator over HTTP. In the end
// the simulator's own log of rings must agree with the server's book of calls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALWAYS_OPEN, RETELL_ASSISTANT, Server, VAPI_ASSISTANT, startSimulator, tempFolder, until } from './processes.mjs';

const KILLS = Number(process.env.LEADLINE_KILLS ?? 25);
const LEADS = Number(process.env.LEADLINE_KILL_LEADS ?? 300);
const SCALE = 600;
const RETRY_DELAY_MINUTES = 60;

// Park-Miller, so that a failing run can be repeated by its seed.
function randomOf(seed) {
  let x = seed % 2147483647;
  return () => (x = (x * 48271) % 2147483647) / 2147483647;
}

const FINAL = new Set(['completed', 'max_retries', 'failed']);

test('kill -9 at any moment: nobody lost, nobody rung twice, nothing stuck', { timeout: 240_000 }, async (t) => {
  const seed = Number(process.env.LEADLINE_KILL_SEED ?? Date.now() % 1_000_000);
  t.diagnostic(`LEADLINE_KILL_SEED=${seed}`);
  const random = randomOf(seed + 1);
  const folder = tempFolder();
  const simulator = await startSimulator({ seed, timeScale: SCALE });
  const server = await new Server(folder.path, simulator.url, { timeScale: SCALE }).start();
  t.after(async () => {
    await server.kill9();
    await simulator.stop();
    folder.remove();
  });

  const campaigns = [];
  for (const assistant of [RETELL_ASSISTANT, VAPI_ASSISTANT]) {
    const a = await server.api('POST', '/assistants', assistant);
    campaigns.push(await server.api('POST', '/campaigns', {
      name: `Calls by ${assistant.provider}`, assistant_id: a.id, schedule: ALWAYS_OPEN, max_attempts: 2,
      retry_delay_minutes: RETRY_DELAY_MINUTES, contact_gap_seconds: 60, concurrency: 10,
    }));
  }
  for (const [i, campaign] of campaigns.entries()) {
    const rows = Array.from({ length: LEADS / 2 }, (_, n) => `Lead ${i}-${n},+1415555${i + 2}${String(n).padStart(3, '0')},lead${i}.${n}@example.com`);
    const done = await server.importCsv(`List ${i}`, campaign.id, `Name,Phone,Email\n${rows.join('\n')}\n`);
    assert.equal(done.created ?? done.counts?.created, LEADS / 2);
    await server.api('POST', `/campaigns/${campaign.id}/start`, {});
  }

  for (let i = 0; i < KILLS; ++i) {
    await new Promise((r) => setTimeout(r, 30 + random() * 500));
    await server.kill9();
    await server.start();
  }
  const leads = await until('every lead to have its final status', async () => {
    const now = await server.all('/leads');
    return now.every((l) => FINAL.has(l.status)) ? now : null;
  }, 150_000, 500);

  assert.equal(leads.length, LEADS, 'no lead is lost');
  const calls = await server.all('/calls');
  const rings = await simulator.rings();
  const callOf = new Map(calls.map((c) => [c.attempt_id, c]));
  assert.equal(callOf.size, calls.length, 'every attempt has one call');

  const seen = new Set();
  const perNumber = new Map();
  for (const ring of rings) {
    assert.ok(!seen.has(ring.attempt_id), `attempt ${ring.attempt_id} rang twice`);
    seen.add(ring.attempt_id);
    const call = callOf.get(ring.attempt_id);
    assert.ok(call, `a ring without a call row: ${JSON.stringify(ring)}`);
    assert.equal(call.number, ring.number);
    assert.notEqual(call.state, 'refused', `a refused call rang: ${JSON.stringify(ring)}`);
    perNumber.set(ring.number, [...(perNumber.get(ring.number) ?? []), ring]);
  }
  for (const [number, of] of perNumber) {
    assert.ok(of.length <= 2, `${number} rang ${of.length} times, 2 are allowed`);
    of.sort((a, b) => a.at.localeCompare(b.at));
    for (let i = 1; i < of.length; ++i) {
      const gapMinutes = (Date.parse(of[i].at) - Date.parse(of[i - 1].at)) / 60_000;
      assert.ok(gapMinutes >= RETRY_DELAY_MINUTES, `${number} rang again after ${gapMinutes} min`);
    }
  }
  for (const call of calls) assert.ok(call.state === 'ended' || call.state === 'refused', `stuck: ${JSON.stringify(call)}`);
  const answered = new Set(rings.filter((r) => r.outcome === 'answered').map((r) => r.number));
  for (const lead of leads) {
    if (answered.has(lead.phone)) assert.equal(lead.status, 'completed', `${lead.phone} answered but is ${lead.status}`);
  }
  t.diagnostic(`${rings.length} rings, ${calls.length} calls, ${KILLS} kills`);
});
