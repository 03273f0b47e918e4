// The floor: the bytes of the file, and nothing done with them.
const SLICE_BYTES = 1024 * 1024;

async function slices(file) {
  let bytes = 0;
  while (bytes < file.size) bytes += (await file.slice(bytes, bytes + SLICE_BYTES).arrayBuffer()).byteLength;
  return bytes;
}

async function stream(file) {
  let bytes = 0;
  const reader = file.stream().getReader();
  for (let piece; !(piece = await reader.read()).done;) bytes += piece.value.length;
  return bytes;
}

self.onmessage = async ({data: {file, subject}}) => {
  const bytes = await (subject.by === 'stream' ? stream(file) : slices(file));
  self.postMessage(bytes === file.size ? {bytes} : {type: 'failed', message: 'not all bytes were read'});
};
