// zsv's build for WebAssembly (npm zsv-lib) on a list: node zsv.mjs FILE prints {ms, found}. Each row is told to JavaScript, which asks
// for its number of cells.
import fs from 'node:fs';
import {createRequire} from 'node:module';

const zsv = createRequire(import.meta.url)('zsv-lib');
const CHUNK_BYTES = 256 * 1024;

zsv.runOnLoad(() => {
  const found = {rows: 0, cells: 0};
  const started = performance.now();
  const parser = zsv.new((data, context, {cellCount}) => {
    ++found.rows;
    found.cells += cellCount();
  }, null, {rowData: false});
  const file = fs.openSync(process.argv[2], 'r');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let n; (n = fs.readSync(file, chunk)) > 0;) parser.parseBytes(chunk.subarray(0, n));
  parser.finish();
  console.log(JSON.stringify({ms: performance.now() - started, found}));
});
