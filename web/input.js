// Pointer, wheel, keys, clipboard and drops, from the page to the program. Listeners sit on the container: a click on a node
// of the mirror bubbles up here and reaches the canvas' widget at its true coordinates.
import {EventKind} from './platform.js';
import {MirrorKind} from './mirror.js';

const KEYS = {
  ArrowLeft: 513, ArrowRight: 514, ArrowUp: 515, ArrowDown: 516, PageUp: 517, PageDown: 518, Home: 519, End: 520,
  ' ': 524, Enter: 525, Escape: 526,
};
const LONG_PRESS_MS = 500;
const PLAIN_SHORTCUTS = new Set(['/', '?']);
const MOD_SHORTCUTS = new Set(['k', 's', 'Enter']);

const isField = (node) => node?.tagName === 'INPUT' || node?.tagName === 'TEXTAREA';
// Links that the browser opens by itself: in a new tab or window.
const leavesPage = (e) => e.target.closest?.('a[href]') && (e.button === 1 || e.ctrlKey || e.metaKey || e.shiftKey);

export function listen(host) {
  listenPointer(host);
  listenKeys(host);
  listenClipboard(host);
  listenDrops(host);
}

function listenPointer(host) {
  const {app} = host;
  let down = false;
  let rested = 0;  // timer: a finger that stays where it is means the right button
  const send = (kind, e) => {
    const button = [0, 2, 1][e.button] ?? 0;
    host.module._ll_pointer(kind, e.clientX, e.clientY, button, e.pointerType === 'touch' ? 1 : 0, e.shiftKey ? 1 : 0, e.timeStamp);
    host.wake();
  };
  addEventListener('pointermove', (e) => e.isPrimary && (down || app.contains(e.target)) && send(0, e));
  app.addEventListener('pointerdown', (e) => {
    if (!e.isPrimary || leavesPage(e)) return;
    host.mirror.settleScroll(e.target);
    down = true;
    send(1, e);
    if (e.pointerType === 'touch') rested = setTimeout(() => send(5, e), LONG_PRESS_MS);
    host.flush();
  });
  addEventListener('pointerup', (e) => {
    if (!down || !e.isPrimary) return;
    down = false;
    clearTimeout(rested);
    send(2, e);
    host.flush();
  });
  addEventListener('pointercancel', (e) => {
    if (!e.isPrimary) return;
    down = false;
    clearTimeout(rested);
    send(3, e);
  });
  app.addEventListener('pointerleave', (e) => !down && e.pointerType !== 'touch' && send(4, e));
  // What has no focus of its own (an option, a menu's background) must not take it from its combobox.
  app.addEventListener('mousedown', (e) => {
    if (e.target.closest?.('[role=option],[role=listbox]')) e.preventDefault();
  });
  // A tap has been handled when the finger was lifted. The mouse events that browsers make of it would hit what has opened
  // below the finger meanwhile; only fields need them, for their caret and the keyboard.
  app.addEventListener('touchend', (e) => {
    if (isField(e.target) || !e.cancelable) return;
    e.preventDefault();
    if (isField(document.activeElement)) document.activeElement.blur();
  }, {passive: false});
  app.addEventListener('click', (e) => {
    if (leavesPage(e)) return;
    const node = e.target.closest?.('[data-id]');
    if (node?.tagName === 'A') e.preventDefault();
    // detail 0: not from a pointer, but from Enter, Space, a screen reader or a script.
    if (node && e.detail === 0 && !isField(node)) activate(host, node);
  });
  app.addEventListener('contextmenu', (e) => !isField(e.target) && !e.target.closest?.('a[href]') && e.preventDefault());
  app.addEventListener('wheel', (e) => wheel(host, e), {passive: false});
}

function wheel(host, e) {
  if (e.ctrlKey) return;  // the browser's zoom
  if (e.target.tagName === 'TEXTAREA' && e.target.classList.contains('editing')) return;
  e.preventDefault();
  const unit = e.deltaMode === 1 ? 32 : e.deltaMode === 2 ? host.app.clientHeight * 0.9 : 1;
  let [dx, dy] = [e.deltaX * unit, e.deltaY * unit];
  if (e.shiftKey && dx === 0) [dx, dy] = [dy, 0];
  host.module._ll_wheel(e.clientX, e.clientY, dx, dy);
  host.wake();
}

function activate(host, node) {
  host.mirrorInput(MirrorKind.activate, node.nodeId);
  host.flush();
}

function key(host, node, e) {
  host.mirrorInput(MirrorKind.key, node?.nodeId ?? 0, {number: KEYS[e.key], shift: e.shiftKey});
  host.flush();
  e.preventDefault();
}

function listenKeys(host) {
  document.addEventListener('keydown', (e) => {
    const node = e.target.closest?.('[data-id]');
    const ours = node || e.target === document.body || host.app.contains(e.target);
    if (!ours || e.defaultPrevented || e.isComposing) return;
    if (shortcut(host, node, e)) return;
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Tab') return void host.mirror.keepInModal(e);
    if (isField(node)) fieldKey(host, node, e);
    else nodeKey(host, node, e);
  });
  const focus = (on) => {
    host.module._ll_focus(on);
    host.wake();
  };
  addEventListener('blur', () => focus(0));
  addEventListener('focus', () => focus(1));
}

function shortcut(host, node, e) {
  const mod = e.ctrlKey || e.metaKey;
  const wanted = mod && !e.altKey ? MOD_SHORTCUTS.has(e.key) : !isField(node) && !mod && !e.altKey && PLAIN_SHORTCUTS.has(e.key);
  if (!wanted) return false;
  host.event(EventKind.shortcut, {status: mod ? 1 : 0, text: e.key});
  host.flush();
  e.preventDefault();
  return true;
}

function fieldKey(host, node, e) {
  if (e.key === 'Escape') key(host, node, e);
  if (e.key !== 'Enter' || node.tagName !== 'INPUT') return;
  host.mirrorInput(MirrorKind.submit, node.nodeId);
  host.flush();
}

function nodeKey(host, node, e) {
  const role = node?.getAttribute('role');
  const native = node?.tagName === 'BUTTON' || node?.tagName === 'A';
  if (e.key === 'Enter' || e.key === ' ') {
    if (native || !node) return;  // the browser makes a click of it
    if (role === 'row') return key(host, node, e);
    e.preventDefault();
    if (!e.repeat) activate(host, node);
    return;
  }
  if (role === 'combobox' && e.key.length === 1) {
    host.mirrorInput(MirrorKind.char, node.nodeId, {text: e.key});
    return host.flush();
  }
  if (!(e.key in KEYS)) return;
  const moved = host.mirror.rove(node, e.key);
  if (!moved) return key(host, node, e);
  e.preventDefault();
  if (moved !== true) activate(host, moved);  // radio buttons and tabs follow the focus
}

function listenClipboard(host) {
  document.addEventListener('copy', (e) => {
    if (isField(e.target) || !host.offered) return;
    e.clipboardData.setData('text/plain', host.offered);
    e.preventDefault();
  });
  document.addEventListener('paste', (e) => {
    if (isField(e.target) || !location.hash.startsWith('#/import')) return;
    const {files} = e.clipboardData;
    const text = e.clipboardData.getData('text/plain');
    // Cells of a spreadsheet come as a picture too: their text goes first.
    if (/[\n\t]/.test(text)) {
      host.addFiles([new File([text], 'Pasted rows.tsv', {type: 'text/tab-separated-values'})], 0);
    } else if (files.length > 0) {
      host.addFiles(files, 0);
    }
  });
}

function listenDrops(host) {
  let depth = 0;
  const drag = (on) => {
    if (host.dragging === on) return;
    host.dragging = on;
    host.event(EventKind.fileDrag, {status: on ? 1 : 0});
  };
  const files = (e) => e.dataTransfer?.types.includes('Files');
  addEventListener('dragenter', (e) => { depth++; drag(files(e)); });
  addEventListener('dragleave', () => { if (--depth <= 0) { depth = 0; drag(false); } });
  addEventListener('dragover', (e) => files(e) && e.preventDefault());
  addEventListener('drop', (e) => {
    depth = 0;
    drag(false);
    if (!files(e)) return;
    e.preventDefault();
    host.addFiles(e.dataTransfer.files, 0);
  });
}
