// Starts the real binary as people do, on free ports and throw-away folders, for the tests beside this file.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const BINARY = process.env.LEADLINE_BIN ?? new URL('../../build/release/leadline', import.meta.url).pathname;

// Below the range from which the system gives ports to outgoing connections: else one of those could take it before the server does.
export function freePort() {
  const port = 10_000 + Math.floor(Math.random() * 20_000);
  return new Promise((resolve) => {
    const s = createServer();
    s.once('error', () => resolve(freePort()));
    s.listen(port, '127.0.0.1', () => s.close(() => resolve(port)));
  });
}

export function tempFolder() {
  const path = mkdtempSync(join(tmpdir(), 'leadline-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

// Polls `probe` until it returns something truthy; the only way these tests wait.
export async function until(what, probe, timeoutMs = 60_000, everyMs = 50) {
  const end = Date.now() + timeoutMs;
  let last;
  while (Date.now() < end) {
    try {
      const value = await probe();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    await new Promise((r) => setTimeout(r, everyMs));
  }
  throw new Error(`timed out waiting for ${what}; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}

class Process {
  constructor(args, env) {
    this.output = '';
    this.child = spawn(BINARY, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk) => { this.output = (this.output + chunk).slice(-20_000); };
    this.child.stdout.on('data', keep);
    this.child.stderr.on('data', keep);
    this.exited = new Promise((resolve) => this.child.once('exit', (code, signal) => resolve({ code, signal })));
  }
  async stop(signal = 'SIGTERM') {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill(signal);
    return this.exited;
  }
}

// The provider simulator: another process, Vapi under /vapi and Retell under /retell.
export async function startSimulator({ seed = 1, timeScale = 600 } = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const process = new Process(['provider-sim', '--listen', `127.0.0.1:${port}`, '--seed', String(seed), '--time-scale', String(timeScale)], {});
  await until('the simulator', async () => (await fetch(`${url}/sim/rings`)).ok).catch((e) => { throw new Error(`${e.message}\n${process.output}`); });
  return {
    url,
    stop: () => process.stop(),
    rings: async () => (await (await fetch(`${url}/sim/rings`)).json()).items,
    config: async (change) => {
      const r = await fetch(`${url}/sim/config`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(change) });
      if (!r.ok) throw new Error(`PUT /sim/config: ${r.status} ${await r.text()}`);
      return r.json();
    },
  };
}

// `leadline serve` on a folder; `kill9` and `start` again as often as wanted.
export class Server {
  constructor(folder, simulatorUrl, { timeScale = 600 } = {}) {
    Object.assign(this, { folder, simulatorUrl, timeScale });
  }
  async start() {
    this.port ??= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    this.process = new Process(
      ['serve', '--listen', `127.0.0.1:${this.port}`, '--data', this.folder, '--public-url', this.url, '--time-scale', String(this.timeScale)],
      { VAPI_BASE_URL: `${this.simulatorUrl}/vapi`, RETELL_BASE_URL: `${this.simulatorUrl}/retell`,
        VAPI_API_KEY: 'vapi-test-key', RETELL_API_KEY: 'key_test_retell', VAPI_WEBHOOK_SECRET: 'vapi-hook-secret' });
    await until('the server', async () => (await fetch(`${this.url}/healthz`)).ok).catch((e) => { throw new Error(`${e.message}\n${this.process.output}`); });
    return this;
  }
  stop() { return this.process.stop(); }
  kill9() { return this.process.stop('SIGKILL'); }

  // One API call; a JSON body unless it is text; throws with the problem document on anything but 2xx.
  async api(method, path, body, headers = {}) {
    const json = body !== undefined && typeof body !== 'string';
    const r = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { ...(json ? { 'content-type': 'application/json' } : {}), ...headers },
      body: json ? JSON.stringify(body) : body,
    });
    const text = await r.text();
    if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${text.slice(0, 500)}`);
    return text && r.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
  }
  // Every item of a list, over all pages.
  async all(path) {
    const items = [];
    let cursor = '';
    do {
      const page = await this.api('GET', `${path}${path.includes('?') ? '&' : '?'}limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      items.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor);
    return items;
  }
  async importCsv(name, campaignId, csv) {
    const made = await this.api('POST', '/imports', { name, campaign_id: campaignId, mapping: 'auto', duplicates: 'skip', invalid: 'hold' });
    await this.api('PUT', `/imports/${made.id}/file`, csv, { 'content-type': 'text/csv' });
    await this.api('POST', `/imports/${made.id}/commit`, {});
    return until('the import', async () => {
      const i = await this.api('GET', `/imports/${made.id}`);
      if (i.state === 'failed') throw new Error(JSON.stringify(i));
      return i.state === 'committed' && i;
    });
  }
}

export const RETELL_ASSISTANT = { name: 'Anna (Retell)', provider: 'retell', external_id: 'agent_1111111111111111', caller_number: '+14157774444', variables: [] };
export const VAPI_ASSISTANT = { name: 'Victor (Vapi)', provider: 'vapi', external_id: '11111111-1111-4111-8111-111111111111', phone_number_id: 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa', variables: [] };

// A schedule that is always open, so that tests do not depend on the hour at which they run.
export const ALWAYS_OPEN = { timezone: 'UTC', windows: [], holidays: [] };
