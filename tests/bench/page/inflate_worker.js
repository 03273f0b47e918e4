// The floor for a workbook: every part of the zip inflated by the browser itself, and nothing done with the bytes.
const END_RECORD_BYTES = 22;
const DEFLATED = 8;

// {at, size} of each deflated part, by the directory at the end of the file; no zip64, no comment, as the bench's workbook is written.
async function parts(file) {
  const end = new DataView(await file.slice(-END_RECORD_BYTES).arrayBuffer());
  const count = end.getUint16(10, true);
  const directory = new DataView(await file.slice(end.getUint32(16, true), -END_RECORD_BYTES).arrayBuffer());
  const list = [];
  for (let p = 0; list.length < count; p += 46 + [28, 30, 32].reduce((sum, at) => sum + directory.getUint16(p + at, true), 0)) {
    const header = directory.getUint32(p + 42, true);
    const local = new DataView(await file.slice(header, header + 30).arrayBuffer());
    const at = header + 30 + local.getUint16(26, true) + local.getUint16(28, true);
    list.push({at, size: directory.getUint32(p + 20, true), deflated: directory.getUint16(p + 10, true) === DEFLATED});
  }
  return list.filter((part) => part.deflated);
}

self.onmessage = async ({data: {file}}) => {
  let bytes = 0;
  for (const {at, size} of await parts(file)) {
    const reader = file.slice(at, at + size).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (let piece; !(piece = await reader.read()).done;) bytes += piece.value.length;
  }
  self.postMessage({bytes});
};
