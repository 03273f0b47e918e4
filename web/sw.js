// Keeps the client itself, so that lists can be checked without a network. The server is asked first, so that a page and its parts are
// always of one version (what carries ?v= comes from the browser's own cache then); the API never passes through here.
const CACHE = 'leadline-@VERSION@';
const FILES = @FILES@;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(['./', ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((n) => n.startsWith('leadline-') && n !== CACHE).map((n) => caches.delete(n))))
    .then(() => self.clients.claim()));
});

async function kept(request) {
  const cache = await caches.open(CACHE);
  return await cache.match(request.mode === 'navigate' ? './' : request, {ignoreSearch: true}) ?? Response.error();
}

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === location.origin && event.request.method === 'GET' && !/^\/(api|webhooks|healthz|readyz|metrics)\b/.test(url.pathname);
  if (ours) event.respondWith(fetch(event.request).catch(() => kept(event.request)));
});
