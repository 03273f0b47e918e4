// The worker that checks lists, in a real browser but without the client around it.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {launchBrowser} from './browser.mjs';

const DIST = path.join(process.env.LEADLINE_WEB_BUILD ?? fileURLToPath(new URL('../../build/web', import.meta.url)), 'dist');
const TYPES = {'.js': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html'};

// {talk, asked, close}; `asked`: the names of the files that were loaded so far.
export async function openWorkerPage() {
  const asked = [];
  const server = http.createServer((request, reply) => {
    const name = path.basename(request.url.split('?')[0]) || 'empty.html';
    asked.push(name);
    reply.writeHead(200, {'content-type': TYPES[path.extname(name)] ?? 'text/plain', 'content-security-policy': "script-src 'self' 'wasm-unsafe-eval'"});
    reply.end(TYPES[path.extname(name)] && name !== 'empty.html' ? fs.readFileSync(path.join(DIST, name)) : '<!doctype html>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/empty.html`);

  // The worker's last word to each message, the first of which comes with the file. A saved file has its `bytes`.
  async function talk(name, bytes, messages) {
    const answers = await page.evaluate(async ({name, bytes, messages}) => {
      const file = new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name);
      const worker = new Worker('worker.js', {type: 'module'});
      const answers = [];
      for (const [i, message] of messages.entries()) {
        const answer = await new Promise((resolve, reject) => {
          let shown = [];
          worker.onerror = reject;
          worker.onmessage = ({data}) => {
            shown = shown.concat(data.shown ?? []);
            if (data.type !== 'progress' || data.done) resolve({...data, shown});
          };
          worker.postMessage({message, file: i === 0 ? file : null});
        });
        if (answer.url) {
          const saved = new Uint8Array(await (await fetch(answer.url)).arrayBuffer());
          answer.base64 = btoa(Array.from(saved, (byte) => String.fromCharCode(byte)).join(''));
        }
        answers.push(answer);
      }
      worker.terminate();
      return answers;
    }, {name, bytes: Buffer.from(bytes).toString('base64'), messages});
    for (const answer of answers) if (answer.url) answer.bytes = Buffer.from(answer.base64, 'base64');
    return answers;
  }

  return {
    talk,
    asked,
    async close() {
      await browser.close();
      server.close();
    },
  };
}
