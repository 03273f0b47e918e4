// Starts the client: program, fonts, then the first frame; the skeleton stays until then.
import {Host} from './platform.js';
import {Mirror} from './mirror.js';
import {listen} from './input.js';

const version = new URL(import.meta.url).search;
const program = document.querySelector('meta[name=leadline-program]').content;
// Asked for first, all three: the program is compiled on its way here, beside the graphics process that starts. The canvas has
// its size before its context, which Emscripten gets again later: a resize of a live one waits for the graphics process.
const compiled = WebAssembly.compileStreaming(fetch(`${program}.wasm${version}`, {credentials: 'same-origin'}));
const imported = import(`./${program}.js${version}`);
const app = document.getElementById('app');
const host = new Host(app, document.getElementById('canvas'));
host.sizeCanvas();
host.canvas.getContext('webgl2', {alpha: false, depth: false, stencil: false, antialias: false});
host.mirror = new Mirror(host, document.getElementById('mirror'));

// For tests and curious people: window.leadline.
globalThis.leadline = {
  ready: false,
  get frames() { return host.frames; },
  get auditProblems() { return host.auditProblems; },
  get mirrorChanges() { return host.mirror.changes; },
  draw: () => host.draw(),
};

async function font(file, weight) {
  const reply = await fetch(file + version);
  if (!reply.ok) throw new Error(`${file}: ${reply.status}`);
  const bytes = await reply.arrayBuffer();
  document.fonts.add(await new FontFace('Leadline Inter', bytes, {weight}).load());
  return bytes;
}

function giveFont(bytes, semibold) {
  const at = host.module._malloc(bytes.byteLength);
  host.module.HEAPU8.set(new Uint8Array(bytes), at);
  host.module._ll_font(semibold, at, bytes.byteLength);
}

async function start() {
  const {default: create} = await imported;
  const created = new Promise((resolve, reject) => {
    const instantiateWasm = (imports, done) => {
      compiled.then((module) => WebAssembly.instantiate(module, imports)).then(done, reject);
      return {};
    };
    create({host, canvas: host.canvas, instantiateWasm}).then(resolve, reject);
  });
  const [module, regular, semibold] = await Promise.all([
    created, font('inter-regular.otf', '400'), font('inter-semibold.otf', '600'),
  ]);
  host.module = module;
  giveFont(regular, 0);
  giveFont(semibold, 1);
  host.watchContext();
  host.watchEnvironment();
  listen(host);
  document.getElementById('skeleton')?.remove();
  app.classList.add('ready');
  performance.mark('leadline-ready');
  leadline.ready = true;
}

function failed(error) {
  console.error(error);
  const box = document.getElementById('skeleton');
  box.setAttribute('role', 'alert');
  box.textContent = 'Leadline could not start. Reload the page; if that does not help, use a current browser with WebAssembly.';
}

start().catch(failed);
if ('serviceWorker' in navigator && isSecureContext && document.querySelector('meta[name=leadline-program]').dataset.worker) {
  navigator.serviceWorker.register('sw.js').catch((e) => console.error('service worker: ' + e.message));
}
