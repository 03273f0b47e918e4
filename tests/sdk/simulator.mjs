// A running provider simulator, and a web server that catches what it sends.
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const BINARY = process.env.PROVIDER_SIM;

export async function startSimulator({ seed = 1, timeScale = 1000 } = {}) {
  if (!BINARY) throw new Error('PROVIDER_SIM must name the provider_sim_main program');
  const child = spawn(BINARY, ['127.0.0.1:0', String(seed), String(timeScale)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  const url = line.match(/control: (\S+)\/sim/)[1];
  const get = async (path) => (await fetch(url + path)).json();
  return {
    url,
    rings: async (number) => (await get('/sim/rings')).items.filter((ring) => ring.number === number),
    configure: (patch) => fetch(`${url}/sim/config`, { method: 'PUT', body: JSON.stringify(patch) }),
    stop: () => { child.kill('SIGTERM'); return exited; },
  };
}

export async function startCatcher() {
  const caught = [];
  const waiting = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      caught.push({ path: request.url, headers: request.headers, raw, body: JSON.parse(raw) });
      response.writeHead(204).end();
      for (const check of [...waiting]) check();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: (path) => `http://127.0.0.1:${server.address().port}${path}`,
    // Resolves with the first caught webhook that `matches`; rejects after 20 s.
    next: (matches) => new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no such webhook among ${caught.length}`)), 20_000);
      const check = () => {
        const found = caught.find(matches);
        if (!found) return;
        clearTimeout(late);
        waiting.splice(waiting.indexOf(check), 1);
        resolve(found);
      };
      waiting.push(check);
      check();
    }),
    stop: () => { server.closeAllConnections(); return new Promise((resolve) => server.close(resolve)); },
  };
}
