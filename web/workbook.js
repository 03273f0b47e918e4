// A workbook as CSV text, through a module of its own (client/worker/xlsx_worker.cc).
import {loadModule} from './module.js?v=@VERSION@';

const NO_TEXT = new Uint8Array();
const READ_AHEAD_BYTES = 4 * 1024 * 1024;

// Lets a message in, such as a cancel, between two steps.
const turn = new MessageChannel();
const breathe = () => new Promise((resolve) => {
  turn.port1.onmessage = resolve;
  turn.port2.postMessage(null);
});

export class Workbook {
  // Throws what is wrong with the file, in words for the user.
  static async open(file) {
    const reader = new FileReaderSync();
    let trouble = null;  // why the file could not be read
    let at = 0, ahead = NO_TEXT;  // each read costs the browser milliseconds, so they are large
    const read = (offset, size) => {
      if (offset < at || offset + size > at + ahead.length) {
        ahead = new Uint8Array(reader.readAsArrayBuffer(file.slice(offset, offset + Math.max(size, READ_AHEAD_BYTES))));
        at = offset;
      }
      return ahead.subarray(offset - at, offset - at + size);
    };
    const book = new Workbook();
    book.module = await loadModule('xlsx.wasm', (memory) => ({
      host_read_file(offset, to, size) {
        try {
          memory.put(to, read(offset, size));
          return 1;
        } catch (error) {
          trouble = error;
          return 0;
        }
      },
    }));
    book.trouble = () => trouble;
    book.module.xlsx_begin(file.size);
    while (book.stepped(book.module.xlsx_open())) await breathe();
    return book;
  }

  // What the module said last: of the sheet, or the notes so far.
  said() { return this.module.memory.json(this.module.xlsx_message(), this.module.xlsx_message_size()); }

  // Whether there is more.
  stepped(result) {
    if (result < 0) throw this.trouble() ?? new Error(this.said());
    return result === 1;
  }

  // The text of a sheet, "" for the first, piece by piece: {text, at}, where text is a view of the module's memory and `at` how far
  // the file was read. The first has no text but `about`: {sheet, sheets}.
  async* text(sheet) {
    const {module} = this;
    const name = new TextEncoder().encode(sheet);
    module.memory.put(module.xlsx_input(name.length), name);
    this.stepped(module.xlsx_sheet());
    yield {about: this.said(), text: NO_TEXT, at: 0};
    for (let more = true; more;) {
      await breathe();
      more = this.stepped(module.xlsx_step());
      yield {text: module.memory.bytes(module.xlsx_text(), module.xlsx_text_size()), at: module.xlsx_bytes()};
    }
  }

  // The first text of a sheet, `size` bytes or all there is.
  async head(sheet, size) {
    const pieces = [];
    let read = 0, about;
    for await (const piece of this.text(sheet)) {
      about ??= piece.about;
      pieces.push(piece.text.slice());
      read += piece.text.length;
      if (read > size) break;
    }
    const head = new Uint8Array(await new Blob(pieces).slice(0, size).arrayBuffer());
    return {head, whole: read <= size, about};
  }
}
