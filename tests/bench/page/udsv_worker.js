// uDSV and the plain checks in a worker. It is quick, and wrong on ragged rows: they swallow or shift later ones.
importScripts('/page/plain_checks.js', '/peers/udsv/dist/uDSV.iife.min.js');

self.onmessage = async ({data: {file, subject}}) => {
  const checks = new PlainChecks(subject.grade);
  checks.rows = 0;   // its schema takes the header
  const {inferSchema, initParser} = uDSV;
  let parser = null;
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  for (let piece; !(piece = await reader.read()).done;) {
    parser ??= initParser(inferSchema(piece.value));
    parser.chunk(piece.value, parser.stringArrs, (row) => checks.add(row));
  }
  parser.end();
  self.postMessage(checks.result());
};
