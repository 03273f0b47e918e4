// Keeps the client itself, so that it opens at once and also without a network. What belongs to the version is taken from the
// cache; the page is asked for first, so that a new version is found; the API never passes through here.
const CACHE = 'leadline-@VERSION@';
const FILES = @FILES@;
const VERSIONED = /\.(js|wasm|css|otf)$/;

self.addEventListener('install', (event) => {
  const urls = FILES.map((file) => (VERSIONED.test(file) && !/^(platform|mirror|input)\.js$/.test(file) ? `${file}?v=@VERSION@` : file));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(['./', ...urls])).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((n) => n.startsWith('leadline-') && n !== CACHE).map((n) => caches.delete(n))))
    .then(() => self.clients.claim()));
});

// What a script loads by itself, such as the modules of the worker, is asked for without a version.
async function keptIn(cache, request, url) {
  return await cache.match(request) ?? (url.search ? undefined : cache.match(request, {ignoreSearch: true}));
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === location.origin && event.request.method === 'GET' && !/^\/(api|webhooks|healthz|readyz|metrics)\b/.test(url.pathname);
  if (!ours) return;
  if (event.request.mode === 'navigate') {
    event.respondWith(fetch(event.request).catch(() => caches.match('./')));
    return;
  }
  event.respondWith(caches.open(CACHE).then((cache) => keptIn(cache, event.request, url)).then((kept) => kept ?? fetch(event.request)));
});
