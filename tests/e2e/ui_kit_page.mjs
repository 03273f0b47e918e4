// Serves the kit's gallery page and opens it in a real browser. For ui_kit*.test.mjs.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {launchBrowser, openPage} from './browser.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const GALLERY = path.join(process.env.LEADLINE_WEB_BUILD ?? path.join(HERE, '../../build/web'), 'gallery');

// What the server will send too: no inline scripts, no eval; wasm may be compiled.
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

function serve() {
  if (!fs.existsSync(path.join(GALLERY, 'files.txt'))) throw new Error(`no gallery in ${GALLERY}; build the target "gallery" of the preset "web"`);
  const files = new Map(fs.readFileSync(path.join(GALLERY, 'files.txt'), 'utf8').trim().split('\n').map((line) => line.split('\t')));
  const server = http.createServer((request, reply) => {
    const name = request.url.split('?')[0].slice(1) || 'index.html';
    if (!files.has(name)) {
      reply.writeHead(404).end();
      return;
    }
    reply.writeHead(200, {'content-type': files.get(name), 'content-security-policy': POLICY, 'cache-control': 'no-cache'});
    reply.end(fs.readFileSync(path.join(GALLERY, name)));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

// open(route, options of newContext) gives a page on which the first frame was drawn. Errors of the page end up in
// page.problems.
export async function startGallery() {
  const server = await serve();
  const browser = await launchBrowser();
  const open = (route, options) =>
    openPage(browser, `http://127.0.0.1:${server.address().port}/#${route}`, {reducedMotion: 'reduce', ...options});
  const close = async () => {
    await browser.close();
    server.close();
  };
  return {open, close};
}
