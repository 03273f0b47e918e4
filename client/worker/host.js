// What the module asks of its host besides Emscripten's own; web/worker.js gives it. Read by the linker alone.
mergeInto(LibraryManager.library, {
  host_read_sequences: function() {},
});
