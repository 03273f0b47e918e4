// PapaParse and the plain checks in a worker of one's own.
importScripts('/page/plain_checks.js', '/peers/papaparse/papaparse.min.js');

self.onmessage = ({data: {file, subject}}) => {
  if (subject.grade === 'L') importScripts('/peers/libphonenumber-js/bundle/libphonenumber-min.js');
  const checks = new PlainChecks(subject.grade);
  Papa.parse(file, {
    chunk: ({data}) => checks.addRows(data),
    complete: () => self.postMessage(checks.result()),
    error: (error) => self.postMessage({type: 'failed', message: error.message}),
  });
};
