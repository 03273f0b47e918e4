// The browser's side of client/platform: services that C++ asks for (Module.host), frames, and the inbox of events.
// No state of the program lives here; C++ is told everything through ll_event and decides itself.

export const EventKind = {
  urlHash: 0, fetchDone: 1, fetchProgress: 2, file: 3, fileDrag: 4, filePickerCancelled: 5, stream: 6, streamState: 7,
  worker: 8, workerFailed: 9, environment: 10, shortcut: 11, online: 12, visible: 13,
};

const encoder = new TextEncoder();

export class Host {
  constructor(app, canvas) {
    this.app = app;
    this.canvas = canvas;
    this.module = null;      // set when the program is there
    this.mirror = null;
    this.files = new Map();  // handle -> File
    this.workers = new Map();
    this.requests = new Map();
    this.nextId = 1;
    this.dragging = false;
    this.offered = '';
    this.frames = 0;
    this.auditProblems = 0;
    this.frameRequest = 0;
    this.timer = 0;
    this.timerAt = Infinity;
    this.ownHash = location.hash.slice(1);
    this.lost = false;
  }

  // ---- frames: none unless somebody asked

  wake() {
    if (!this.frameRequest && this.module) this.frameRequest = requestAnimationFrame((t) => this.tick(t));
  }

  wakeAfter(ms) {
    const at = performance.now() + ms;
    if (at >= this.timerAt - 1) return;
    clearTimeout(this.timer);
    this.timerAt = at;
    this.timer = setTimeout(() => {
      this.timerAt = Infinity;
      this.wake();
    }, ms);
  }

  tick(time) {
    this.frameRequest = 0;
    this.frames++;
    this.offered = '';
    if (this.module._ll_frame(time, this.lost ? 0 : 1) > 0) this.wake();
  }

  // Brings program and mirror up to date before an event handler returns; the picture follows with the next frame.
  flush() {
    if (!this.module) return;
    for (let i = 0; i < 4; i++) {
      if (this.module._ll_frame(performance.now(), 0) <= 0) break;
    }
    this.wake();
  }

  // ---- texts in and out of the program's memory

  give(text) {
    const bytes = encoder.encode(text);
    const at = this.module._malloc(bytes.length + 1);
    this.module.HEAPU8.set(bytes, at);
    this.module.HEAPU8[at + bytes.length] = 0;
    return at;
  }

  event(kind, {id = 0, request = 0, status = 0, number = 0, total = 0, name = '', text = '', headers = ''} = {}) {
    const texts = [name, text, headers].map((t) => this.give(t));
    this.module._ll_event(kind, id, request, status, number, total, ...texts);
    texts.forEach((t) => this.module._free(t));
    this.wake();
  }

  mirrorInput(kind, id, {number = 0, shift = false, x = 0, y = 0, text = ''} = {}) {
    const at = this.give(text);
    this.module._ll_mirror(kind, id, number, shift ? 1 : 0, x, y, at);
    this.module._free(at);
    this.wake();
  }

  // ---- the environment

  // To the device's pixels. Setting a size, even the same, empties the canvas.
  sizeCanvas() {
    const ratio = devicePixelRatio || 1;
    const width = Math.round(this.app.clientWidth * ratio);
    const height = Math.round(this.app.clientHeight * ratio);
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
  }

  watchEnvironment() {
    const queries = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(pointer: coarse)', '(forced-colors: active)']
      .map((q) => matchMedia(q));
    let known = '';
    const measure = () => {
      const ratio = devicePixelRatio || 1;
      const width = this.app.clientWidth;
      const height = this.app.clientHeight;
      const mac = /Mac|iPhone|iPad/.test(navigator.platform) ? 16 : 0;
      const bits = queries.reduce((sum, q, i) => sum | (q.matches ? 1 << i : 0), mac);
      const now = [width, height, ratio, bits].join();
      if (now === known) return;  // an observer always reports once at the start
      known = now;
      this.sizeCanvas();
      this.module._ll_environment(width, height, ratio, bits);
      this.event(EventKind.environment);
      this.flush();
      this.draw();  // a resized canvas is empty until it is drawn again
    };
    queries.forEach((q) => q.addEventListener('change', measure));
    new ResizeObserver(measure).observe(this.app);
    const watchRatio = () => matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', () => {
      measure();
      watchRatio();
    }, {once: true});
    watchRatio();
    measure();
    addEventListener('online', () => this.event(EventKind.online, {status: 1}));
    addEventListener('offline', () => this.event(EventKind.online, {status: 0}));
    document.addEventListener('visibilitychange', () => this.event(EventKind.visible, {status: document.hidden ? 0 : 1}));
    addEventListener('hashchange', () => this.hashChanged());
  }

  draw() {
    cancelAnimationFrame(this.frameRequest);
    this.tick(performance.now());
  }

  watchContext() {
    this.canvas.addEventListener('webglcontextlost', (e) => {
      e.preventDefault();
      this.lost = true;
    });
    this.canvas.addEventListener('webglcontextrestored', () => {
      this.lost = false;
      this.module._ll_context_restored();
      this.wake();
    });
  }

  // ---- the page

  hash() { return location.hash.slice(1); }

  setHash(hash, replace) {
    if (hash === this.ownHash) return;
    this.ownHash = hash;
    history[replace ? 'replaceState' : 'pushState'](null, '', '#' + hash);
  }

  followHash(hash) {
    if (hash === this.ownHash) return;
    this.setHash(hash, false);
    this.event(EventKind.urlHash, {text: hash});
  }

  hashChanged() {
    const hash = this.hash();
    if (hash === this.ownHash) return;
    this.ownHash = hash;
    this.event(EventKind.urlHash, {text: hash});
  }

  openUrl(url, newTab) {
    if (newTab) open(url, '_blank', 'noopener');
    else location.assign(url);
  }

  announce(text, assertive) {
    const region = document.getElementById(assertive ? 'live-assertive' : 'live-polite');
    region.textContent = '';
    setTimeout(() => { region.textContent = text; }, 50);
  }

  setTheme(dark, background, text, muted, accent) {
    const css = (c) => '#' + c.toString(16).padStart(6, '0');
    const style = document.documentElement.style;
    style.colorScheme = dark ? 'dark' : 'light';
    style.setProperty('--page', css(background));
    style.setProperty('--text', css(text));
    style.setProperty('--muted', css(muted));
    style.setProperty('--accent', css(accent));
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', css(background));
  }

  setCursor(cursor) {
    this.app.style.cursor = ['default', 'pointer', 'text', 'not-allowed', 'col-resize'][cursor];
  }

  // An item or node that assistive technology cannot use is a defect: loud here, fatal in tests.
  auditProblem(text) {
    this.auditProblems++;
    console.error('accessibility audit: ' + text);
  }

  // ---- files

  pickFile(accept, multiple) {
    const request = this.nextId++;
    const input = Object.assign(document.createElement('input'), {type: 'file', accept, multiple: !!multiple});
    input.addEventListener('change', () => this.addFiles(input.files, request));
    input.addEventListener('cancel', () => this.event(EventKind.filePickerCancelled, {request}));
    this.picker = input;  // keeps it alive until something was chosen
    input.click();
    return request;
  }

  addFiles(list, request) {
    for (const file of list) {
      const id = this.nextId++;
      this.files.set(id, file);
      this.event(EventKind.file, {id, request, number: file.size, name: file.name, text: file.type});
    }
    this.flush();
  }

  download(name, type, bytes) {
    const url = URL.createObjectURL(new Blob([bytes], {type}));
    this.downloadUrl(url, name);
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  }

  downloadUrl(url, name) {
    const link = Object.assign(document.createElement('a'), {href: url, download: name});
    link.click();
  }

  copy(text) {
    if (navigator.clipboard && isSecureContext) {
      navigator.clipboard.writeText(text).catch((e) => console.error('copy refused: ' + e.message));
      return;
    }
    this.offered = text;
    document.execCommand('copy');
  }

  // ---- network

  fetch(method, url, headers, body, file) {
    const id = this.nextId++;
    const list = headers.split('\n').filter(Boolean).map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);
    if (file) this.upload(id, method, url, list, this.files.get(file));
    else this.request(id, method, url, list, body);
    return id;
  }

  async request(id, method, url, headers, body) {
    const controller = new AbortController();
    this.requests.set(id, controller);
    const done = (event) => this.requests.delete(id) && this.event(EventKind.fetchDone, {id, ...event});
    try {
      const init = {method, headers, signal: controller.signal, credentials: 'same-origin', cache: 'no-store'};
      if (body) init.body = body;
      const reply = await fetch(url, init);
      const lines = [...reply.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
      done({status: reply.status, text: await reply.text(), headers: lines});
    } catch (e) {
      done({status: 0, text: e.message});
    }
  }

  // Only XMLHttpRequest tells how much of a body was sent.
  upload(id, method, url, headers, file) {
    const xhr = new XMLHttpRequest();
    this.requests.set(id, xhr);
    xhr.open(method, url);
    headers.forEach(([name, value]) => xhr.setRequestHeader(name, value));
    const done = (event) => this.requests.delete(id) && this.event(EventKind.fetchDone, {id, ...event});
    xhr.upload.onprogress = (e) => this.requests.has(id) && this.event(EventKind.fetchProgress, {id, number: e.loaded, total: e.total});
    xhr.onload = () => done({status: xhr.status, text: xhr.responseText, headers: xhr.getAllResponseHeaders().replace(/\r/g, '').toLowerCase()});
    xhr.onerror = () => done({status: 0, text: 'The connection broke while sending the file.'});
    if (file) xhr.send(file);
    else done({status: 0, text: 'The file is no longer there.'});
  }

  cancelFetch(id) {
    const request = this.requests.get(id);
    this.requests.delete(id);
    request?.abort();
  }

  openStream(url, types) {
    this.closeStream();
    const stream = new EventSource(url);
    this.streamSource = stream;
    const state = (status) => this.streamSource === stream && this.event(EventKind.streamState, {status});
    stream.onopen = () => state(1);
    stream.onerror = () => state(stream.readyState === EventSource.CLOSED ? 2 : 0);
    for (const type of ['message', ...types.split(',').filter(Boolean)]) {
      stream.addEventListener(type, (e) => this.event(EventKind.stream, {name: type, text: e.data, headers: e.lastEventId}));
    }
  }

  closeStream() {
    this.streamSource?.close();
    this.streamSource = null;
  }

  // ---- workers

  startWorker(url) {
    const id = this.nextId++;
    const worker = new Worker(url, {type: 'module'});
    worker.onmessage = (e) => this.event(EventKind.worker, {id, text: JSON.stringify(e.data)});
    worker.onerror = (e) => this.event(EventKind.workerFailed, {id, text: e.message || 'The worker could not start.'});
    this.workers.set(id, worker);
    return id;
  }

  postToWorker(id, json, file) {
    this.workers.get(id)?.postMessage({message: JSON.parse(json), file: this.files.get(file) ?? null});
  }

  stopWorker(id) {
    this.workers.get(id)?.terminate();
    this.workers.delete(id);
  }

  // ---- kept in this browser; a browser that forbids it only forgets

  load(key) {
    try { return localStorage.getItem(key) ?? ''; } catch { return ''; }
  }

  save(key, value) {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch { /* private mode */ }
  }

  // ---- one character in the system's font, for what the client's font does not have

  rasterize(codepoint, em, box, pixels, capacity) {
    const text = String.fromCodePoint(codepoint);
    this.glyphs ??= new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
    const g = this.glyphs;
    const font = `${em}px system-ui, sans-serif`;
    g.font = font;
    const advance = g.measureText(text).width;
    const width = Math.min(Math.ceil(advance), capacity);
    const height = Math.min(Math.ceil(em * 1.25), capacity);
    if (width < 1) return 0;
    g.canvas.width = width;
    g.canvas.height = height;
    Object.assign(g, {font, textBaseline: 'alphabetic', fillStyle: '#fff'});
    g.fillText(text, 0, Math.round(em * 0.97));
    const image = g.getImageData(0, 0, width, height).data;
    const colored = image.some((v, i) => i % 4 !== 3 && image[i | 3] > 200 && v < 250);
    for (let i = 0; !colored && i < image.length; i += 4) image[i] = image[i + 1] = image[i + 2] = 255;
    this.module.HEAPU8.set(image, pixels);
    this.module.HEAP32.set([width, height, Math.round(advance * 100), colored ? 1 : 0], box);
    return 1;
  }
}
