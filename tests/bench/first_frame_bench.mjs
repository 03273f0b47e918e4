// Time to the first frame, and what is downloaded for it, beside a bare page that clears a WebGL2 canvas in the same browser.
// Cold: a fresh browser with a fresh profile. Warm: the third load in it. Milliseconds from navigation to a readPixels after the frame.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import zlib from 'node:zlib';
import {launchBrowser} from '../e2e/browser.mjs';
import {Server, tempFolder} from '../e2e/processes.mjs';

const ROUNDS = Number(process.env.LEADLINE_BENCH_ROUNDS ?? 9);
const DIST = fileURLToPath(new URL('../../build/web/dist', import.meta.url));
const LIMIT_APP_KB = 350;
const LIMIT_CHECKER_KB = 60;

const BARE = `<!doctype html><html lang="en"><title>bare</title><canvas width="1280" height="800"></canvas><script>
  const gl = document.querySelector('canvas').getContext('webgl2');
  requestAnimationFrame(() => {
    gl.clearColor(0.2, 0.4, 0.8, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    globalThis.leadline = {ready: true};
  });
</script>`;

function watchFirstFrame() {
  const look = () => {
    if (!globalThis.leadline?.ready) return requestAnimationFrame(look);
    const gl = document.querySelector('canvas').getContext('webgl2');
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    globalThis.firstFrameMs = performance.now();
  };
  requestAnimationFrame(look);
}

async function load(context, url) {
  const page = await context.newPage();
  await page.addInitScript(watchFirstFrame);
  await page.goto(url);
  const ms = await (await page.waitForFunction(() => globalThis.firstFrameMs)).jsonValue();
  await page.close();
  return ms;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

async function measure(urls) {
  const cold = Object.fromEntries(Object.keys(urls).map((name) => [name, []]));
  const warm = Object.fromEntries(Object.keys(urls).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; ++round) {
    for (const [name, url] of Object.entries(urls)) {
      const browser = await launchBrowser();
      const context = await browser.newContext({viewport: {width: 1280, height: 800}});
      cold[name].push(await load(context, url));
      await load(context, url);
      warm[name].push(await load(context, url));
      await browser.close();
    }
  }
  return {cold, warm};
}

function sizes() {
  const gzipped = (file) => zlib.gzipSync(fs.readFileSync(path.join(DIST, file)), {level: 9}).length / 1024;
  const files = fs.readdirSync(DIST).filter((file) => /\.(js|wasm)$/.test(file));
  const sum = (list) => list.reduce((total, file) => total + gzipped(file), 0);
  const isChecker = (file) => /^(checker|worker)\./.test(file);   // the page asks for these only once a list is chosen
  const checker = sum(files.filter(isChecker));
  const app = sum(files.filter((file) => !isChecker(file)));
  console.log(`js + wasm of the page, gzipped: ${app.toFixed(1)} KB, ${(app / LIMIT_APP_KB).toFixed(2)} of ${LIMIT_APP_KB} KB`);
  console.log(`js + wasm of the checking worker: ${checker.toFixed(1)} KB, ${(checker / LIMIT_CHECKER_KB).toFixed(2)} of ${LIMIT_CHECKER_KB} KB`);
}

const folder = tempFolder();
const server = await new Server(folder.path, 'http://127.0.0.1:9', {timeScale: 1}).start();
const bare = http.createServer((request, reply) => reply.setHeader('content-type', 'text/html').end(BARE));
await new Promise((resolve) => bare.listen(0, '127.0.0.1', resolve));
sizes();
const times = await measure({bare: `http://127.0.0.1:${bare.address().port}/`, leadline: `${server.url}/#/leads`});
for (const [kind, of] of Object.entries(times)) {
  const [floor, ours] = [median(of.bare), median(of.leadline)];
  console.log(`first frame, ${kind}: ${ours.toFixed(0)} ms, bare WebGL2 page ${floor.toFixed(0)} ms, ratio ${(ours / floor).toFixed(2)} (at most 2)`);
}
await server.stop();
bare.close();
folder.remove();
