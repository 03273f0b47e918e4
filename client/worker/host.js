// What the modules ask of their host besides Emscripten's own; web/worker.js and web/workbook.js give it. Read by the linker alone.
mergeInto(LibraryManager.library, {
  host_read_file: function() {},
  host_read_sequences: function() {},
});
