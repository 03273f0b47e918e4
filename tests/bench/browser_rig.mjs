// A bare page in a browser, where each subject reads the chosen file in a worker: times, the longest stall of the page, memory.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {launchBrowser} from '../e2e/browser.mjs';
import {PEERS, ROOT} from './support.mjs';

const DIST = process.env.LEADLINE_WEB_DIST ?? path.join(ROOT, 'build/web/dist');
const PAGE = fileURLToPath(new URL('page', import.meta.url));
const MIME = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.wasm': 'application/wasm'};
const FOLDERS = {dist: DIST, page: PAGE, peers: PEERS};
const SAMPLE_EVERY_MS = 50;

function serve(request, reply) {
  const [, folder, ...rest] = new URL(request.url, 'http://bench').pathname.split('/');
  const file = path.join(FOLDERS[folder] ?? PAGE, rest.join('/') || 'index.html');
  if (!fs.existsSync(file)) return reply.writeHead(404).end();
  return fs.createReadStream(file).pipe(reply.writeHead(200, {'content-type': MIME[path.extname(file)] ?? 'text/plain'}));
}

// Every process that this one started, or that those did; the browser is all we start.
function descendants() {
  const children = new Map();
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const parent = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1];
      children.set(parent, [...(children.get(parent) ?? []), pid]);
    } catch { /* it has ended */ }
  }
  const all = [];
  for (const of = [String(process.pid)]; of.length > 0;) {
    const next = children.get(of.pop()) ?? [];
    all.push(...next);
    of.push(...next);
  }
  return all;
}

// Megabytes, shared pages divided among their users: of all processes of the browser, and of its largest tab.
function memory() {
  const of = {all: 0, tab: 0};
  for (const pid of descendants()) {
    try {
      const kb = Number(/^Pss: +(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]);
      of.all += kb / 1024;
      if (fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) of.tab = Math.max(of.tab, kb / 1024);
    } catch { /* it has ended */ }
  }
  return of;
}

class PeakMemory {
  peak = {all: 0, tab: 0};
  timer = setInterval(() => this.sample(), SAMPLE_EVERY_MS);
  sample() {
    const now = memory();
    for (const key of Object.keys(now)) this.peak[key] = Math.max(this.peak[key], now[key]);
  }
  stop() {
    clearInterval(this.timer);
    return this.peak;
  }
}

export class Rig {
  async start() {
    this.server = http.createServer(serve);
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}/`;
    return this;
  }

  close() {
    this.server.close();
  }

  async openPage() {
    const browser = await launchBrowser();
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    const failed = new Promise((resolve, reject) => page.on('pageerror', reject));
    failed.catch(() => {});   // seen by run, if it comes while that waits
    await page.goto(this.url);
    return {browser, page, failed};
  }

  // A subject is {name, ...options} for page/bench_page.js. A browser of its own each time: nothing is left of the one before.
  async run(subject, file, {watchMemory = false} = {}) {
    const {browser, page, failed} = await this.openPage();
    try {
      await new Promise((resolve) => setTimeout(resolve, 300));   // what a starting browser still does
      const blank = watchMemory ? memory() : null;
      const watch = watchMemory ? new PeakMemory() : null;
      await page.setInputFiles('#file', file);
      const result = await Promise.race([page.evaluate((s) => globalThis.runSubject(s), subject), failed]);
      if (watch === null) return result;
      const peak = watch.stop();
      return {...result, grown: {all: peak.all - blank.all, tab: peak.tab - blank.tab}, blank};
    } finally {
      await browser.close();
    }
  }
}
