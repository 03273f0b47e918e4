// The providers' own SDKs drive the simulator: what they send is taken, what they get they understand, and what they resend
// on their own is seen in the ring log.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Retell from 'retell-sdk';
import { VapiClient } from '@vapi-ai/server-sdk';
import { startCatcher, startSimulator } from './simulator.mjs';

const ASSISTANT = '11111111-1111-4111-8111-111111111111';
const PHONE_NUMBER = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
const AGENT = 'agent_1111111111111111';
const KEY = 'key_test_0123456789abcdef';

let simulator;
let catcher;
before(async () => { [simulator, catcher] = await Promise.all([startSimulator(), startCatcher()]); });
after(async () => { await Promise.all([simulator.stop(), catcher.stop()]); });

const vapi = (options = {}) => new VapiClient({ token: KEY, baseUrl: `${simulator.url}/vapi`, maxRetries: 0, ...options });
const retell = (options = {}) => new Retell({ apiKey: KEY, baseURL: `${simulator.url}/retell`, maxRetries: 0, ...options });

const vapiCall = (number, more = {}) => ({
  phoneNumberId: PHONE_NUMBER,
  assistantId: ASSISTANT,
  name: 'attempt',
  customer: { number, name: 'Ann Lee', externalId: 'lead-7' },
  assistantOverrides: {
    variableValues: { name: 'Ann' },
    metadata: { attempt_id: `attempt ${number}` },
    server: { url: catcher.url('/vapi'), headers: { 'x-vapi-secret': 's' } },
    serverMessages: ['status-update', 'end-of-call-report'],
  },
  ...more,
});
const retellCall = (number, more = {}) => ({
  from_number: '+14157774444',
  to_number: number,
  override_agent_id: AGENT,
  retell_llm_dynamic_variables: { customer_name: 'Ann Lee' },
  metadata: { attempt_id: `attempt ${number}` },
  agent_override: { agent: { webhook_url: catcher.url('/retell') } },
  ...more,
});

describe('Vapi SDK', () => {
  test('places a call, reads it, and finds it in the list', async () => {
    const call = await vapi().calls.create(vapiCall('+14155550001'));
    assert.equal(call.status, 'queued');
    const report = await catcher.next((w) => w.body.message?.type === 'end-of-call-report' && w.body.message.call.id === call.id);
    assert.equal(report.headers['x-vapi-secret'], 's');
    const ended = await vapi().calls.get({ id: call.id });
    assert.equal(ended.status, 'ended');
    assert.match(ended.artifact.transcript, /User: /);
    const list = await vapi().calls.list({ phoneNumberId: PHONE_NUMBER, limit: 50, createdAtGe: new Date(Date.now() - 60_000) });
    assert.ok(list.some((item) => item.id === call.id && item.assistantOverrides.metadata.attempt_id === 'attempt +14155550001'));
  });

  test('reads the catalogue', async () => {
    assert.equal((await vapi().assistants.list({ limit: 5 }))[0].id, ASSISTANT);
    assert.equal((await vapi().assistants.get({ id: ASSISTANT })).id, ASSISTANT);
    assert.equal((await vapi().phoneNumbers.list({ limit: 5 }))[0].id, PHONE_NUMBER);
  });

  test('renames and deletes a call', async () => {
    const call = await vapi().calls.create(vapiCall('+14155550003'));
    assert.equal((await vapi().calls.update({ id: call.id, name: 'n2' })).name, 'n2');
    await vapi().calls.delete({ id: call.id });
    await assert.rejects(vapi().calls.get({ id: call.id }), (error) => error.statusCode === 404);
  });

  test('turns refusals into its own errors', async () => {
    await assert.rejects(vapi().calls.create(vapiCall('+14155550001', { name: 'x'.repeat(41) })),
      (error) => error.statusCode === 400 && /shorter than or equal to 40/.test(JSON.stringify(error.body)));
    await assert.rejects(vapi().calls.create(vapiCall('4155550001')), (error) => error.statusCode === 400);
    await assert.rejects(vapi({ token: '' }).calls.list({}), (error) => error.statusCode === 401);
  });

  for (const [maxRetries, rings] of [[0, 1], [2, 3]]) {
    test(`rings ${rings} time(s) for one create that answers 500 when maxRetries is ${maxRetries}`, async () => {
      const number = `+1415${600 + maxRetries}0007`;
      await assert.rejects(vapi({ maxRetries }).calls.create(vapiCall(number)), (error) => error.statusCode === 500);
      assert.equal((await simulator.rings(number)).length, rings);
    });
  }
});

describe('Retell SDK', () => {
  test('places a call, verifies its webhooks, and finds it in the list', async () => {
    const call = await retell().call.createPhoneCall(retellCall('+14155550001'));
    assert.equal(call.call_status, 'registered');
    for (const event of ['call_started', 'call_ended', 'call_analyzed']) {
      const webhook = await catcher.next((w) => w.body.event === event && w.body.call.call_id === call.call_id);
      const signature = webhook.headers['x-retell-signature'];
      assert.equal(await Retell.verify(webhook.raw, KEY, signature), true, event);
      assert.equal(await Retell.verify(`${webhook.raw} `, KEY, signature), false, event);
      assert.equal(await Retell.verify(webhook.raw, 'another key', signature), false, event);
    }
    const ended = await retell().call.retrieve(call.call_id);
    assert.equal(ended.call_status, 'ended');
    assert.ok(ended.call_analysis.call_summary);
    const list = await retell().call.list({
      filter_criteria: { metadata: [{ type: 'string', op: 'eq', key: 'attempt_id', value: 'attempt +14155550001' }] },
      limit: 50, sort_order: 'descending',
    });
    assert.deepEqual(list.items.map((item) => item.call_id), [call.call_id]);
    assert.equal(list.items[0].transcript, undefined);
  });

  test('refuses a wrong signature', async () => {
    await simulator.configure({ faults: { wrong_signature: 1 } });
    const call = await retell().call.createPhoneCall(retellCall('+14155550002'));
    const webhook = await catcher.next((w) => w.body.call?.call_id === call.call_id);
    await simulator.configure({ faults: { wrong_signature: 0 } });
    assert.equal(await Retell.verify(webhook.raw, KEY, webhook.headers['x-retell-signature']), false);
  });

  test('reads the catalogue and the concurrency', async () => {
    assert.equal((await retell().agent.list({ limit: 5, filter_criteria: { channel: { type: 'string', op: 'eq', value: 'voice' } } })).items[0].agent_id, AGENT);
    assert.equal((await retell().agent.retrieve(AGENT)).agent_id, AGENT);
    assert.equal((await retell().phoneNumber.list({ limit: 5 })).items[0].phone_number, '+14157774444');
    assert.equal((await retell().concurrency.retrieve()).concurrency_limit, 20);
  });

  test('stops a live call', async () => {
    const call = await retell().call.createPhoneCall(retellCall('+14155550022'));
    await catcher.next((w) => w.body.event === 'call_started' && w.body.call.call_id === call.call_id);
    await retell().call.stop(call.call_id);
    const ended = await catcher.next((w) => w.body.event === 'call_ended' && w.body.call.call_id === call.call_id);
    assert.equal(ended.body.call.disconnection_reason, 'manual_stopped');
  });

  test('turns refusals into its own errors', async () => {
    await assert.rejects(retell().call.createPhoneCall(retellCall('+14155550001', { retell_llm_dynamic_variables: { age: 41 } })),
      (error) => error.status === 400 && /must be string/.test(JSON.stringify(error.error)));
    await assert.rejects(retell().call.createPhoneCall(retellCall('+14155550001', { override_agent_id: 'agent_2' })), Retell.NotFoundError);
    await assert.rejects(retell().call.createPhoneCall(retellCall('+14155550021')), (error) => error.status === 402);
    await assert.rejects(retell().call.createPhoneCall(retellCall('+14155550009')), Retell.RateLimitError);
  });

  for (const suffix of ['0007', '0008']) {
    for (const [maxRetries, rings] of [[0, 1], [2, 3]]) {
      test(`rings ${rings} time(s) for one create to ...${suffix} when maxRetries is ${maxRetries}`, async () => {
        const number = `+1415${700 + maxRetries}${suffix}`;
        await assert.rejects(retell({ maxRetries }).call.createPhoneCall(retellCall(number)));
        assert.equal((await simulator.rings(number)).length, rings);
      });
    }
  }
});
