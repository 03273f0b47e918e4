// Runs one subject on the chosen file: runSubject({kind, ...}) -> {ms, stall, ...what it found}. Time is from starting the worker to
// its last word; `stall` is how long the page could not do anything else, at worst.

const STALL_EVERY_MS = 4;

// Resolves with the first message that `isLast` takes. `message`: what the worker is asked; `answer`: what to post on a message.
function ask(url, {type = 'classic', message, isLast = () => true, answer = () => null}) {
  const worker = new Worker(url, {type});
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({data}) => {
      if (data.type === 'failed') return reject(new Error(data.message));
      if (isLast(data)) return resolve(data);
      const reply = answer(data);
      return reply && worker.postMessage(reply);
    };
    worker.postMessage(message);
  }).finally(() => worker.terminate());
}

// As the client does it: the plan first, then the check.
function ours(file, {required}) {
  const options = {required};
  return ask('/dist/worker.js', {
    type: 'module',
    message: {message: {type: 'open', options}, file},
    isLast: (data) => data.type === 'progress' && data.done,
    answer: (data) => data.type === 'plan' && {message: {type: 'check', options}},
  });
}

// The way of PapaParse's own worker option: it parses there, and the page checks what comes.
async function papaOnPage(file, {grade}) {
  await loadScript('/peers/papaparse/papaparse.min.js');
  if (grade === 'L') await loadScript('/peers/libphonenumber-js/bundle/libphonenumber-min.js');
  const checks = new PlainChecks(grade);
  return new Promise((resolve, reject) => Papa.parse(file, {
    worker: true,
    chunk: ({data}) => checks.addRows(data),
    complete: () => resolve(checks.result()),
    error: reject,
  }));
}

function loadScript(src) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement('script'), {src, onload: resolve, onerror: reject}));
  });
}

function watchStalls() {
  let longest = 0, last = performance.now(), timer;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last - STALL_EVERY_MS);
    last = now;
    timer = setTimeout(look, STALL_EVERY_MS);
  };
  look();
  return () => {
    clearTimeout(timer);
    return longest;
  };
}

const KINDS = {
  ours,
  papaOnPage,
  peer: (file, subject) => ask(`/page/${subject.script}`, {message: {file, subject}}),
};

globalThis.runSubject = async (subject) => {
  const file = document.querySelector('#file').files[0];
  const stop = watchStalls();
  const started = performance.now();
  const found = await KINDS[subject.kind](file, subject);
  const ms = performance.now() - started;
  return {...found, ms, stall: stop()};
};
