// A module of ours without Emscripten's own loader (client/worker/): what it exports, and a way into its memory.

// Views are made anew each time: growing the memory ends the older ones.
class Memory {
  buffer() { return this.memory.buffer; }
  bytes(at, size) { return new Uint8Array(this.memory.buffer, at, size); }
  put(at, bytes) { new Uint8Array(this.memory.buffer).set(bytes, at); }
  take(at, size) { return this.bytes(at, size).slice(); }
  json(at, size) { return JSON.parse(new TextDecoder().decode(this.bytes(at, size))); }
}

// What C libraries might ask for, and do without: a clock, an environment, files.
const NOT_HERE = ['clock_time_get', 'environ_get', 'environ_sizes_get', 'fd_close', 'fd_read', 'fd_seek', 'fd_write'];
const ENOSYS = 52;

// `host(memory)` gives the functions that the module asks of us; client/worker/host.js names them. `wasm` is beside this script.
export async function loadModule(wasm, host) {
  const memory = new Memory();
  const imports = {
    env: {emscripten_notify_memory_growth() {}, ...host(memory)},
    wasi_snapshot_preview1: {
      ...Object.fromEntries(NOT_HERE.map((name) => [name, () => ENOSYS])),
      proc_exit() {
        throw new Error(`out of memory, or a fault in ${wasm}`);
      },
    },
  };
  const {instance} = await WebAssembly.instantiateStreaming(fetch(`${wasm}?v=@VERSION@`, {credentials: 'same-origin'}), imports);
  memory.memory = instance.exports.memory;
  instance.exports._initialize();
  return {...instance.exports, memory};
}
