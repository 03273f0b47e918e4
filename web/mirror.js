// The mirror: real DOM nodes over the canvas, one for each node that the widgets described (client/ui/semantics.h, which also
// defines the format). They are what assistive technology, the Tab key and browser tests see and use; the canvas is a picture.

export const MirrorKind = {activate: 0, focus: 1, blur: 2, text: 3, submit: 4, key: 5, char: 6, scroll: 7};

const S = {
  disabled: 1 << 0, checked: 1 << 1, mixed: 1 << 2, selected: 1 << 3, expanded: 1 << 4, expandable: 1 << 5, invalid: 1 << 6,
  required: 1 << 7, readOnly: 1 << 8, current: 1 << 9, modal: 1 << 10, tabStop: 1 << 11, focusable: 1 << 12, autoFocus: 1 << 13,
  scrolls: 1 << 14, pressed: 1 << 15, toggle: 1 << 16, busy: 1 << 17, multiSelect: 1 << 18, hasMenu: 1 << 19, keys: 1 << 20,
};

// In the order of ui::Role: element and ARIA role ('' where the element says it).
const ROLES = [
  ['div', ''], ['p', ''], ['h1', ''], ['button', ''], ['a', ''], ['div', 'checkbox'], ['div', 'switch'], ['div', 'radio'],
  ['div', 'radiogroup'], ['div', 'combobox'], ['div', 'listbox'], ['div', 'option'], ['div', 'tab'], ['div', 'tablist'],
  ['div', 'dialog'], ['div', 'alertdialog'], ['nav', ''], ['main', ''], ['header', ''], ['section', ''], ['div', 'group'],
  ['div', 'grid'], ['div', 'row'], ['div', 'columnheader'], ['div', 'gridcell'], ['div', 'progressbar'], ['div', 'status'],
  ['div', 'alert'], ['div', 'img'], ['input', ''], ['textarea', ''], ['div', 'menu'], ['div', 'menuitem'], ['dl', ''], ['dt', ''],
  ['dd', ''], ['div', 'rowgroup'],
];
const HEADING = 2, FIELD = 29, TEXT_AREA = 30;
// Roles whose name is their text; the others get an aria-label.
const NAME_IS_TEXT = new Set(['p', 'h1', 'h2', 'h3', 'button', 'a', 'dt']);
const NAME_IS_TEXT_ROLES = new Set(['option', 'tab', 'columnheader', 'gridcell', 'menuitem', 'status', 'alert']);
const ROVING = {radio: true, tab: true, menuitem: false};  // does the choice follow the focus?

function set(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

export class Mirror {
  constructor(host, root) {
    this.host = host;
    this.root = root;
    this.nodes = new Map([[0, root]]);
    this.modals = [];  // {node, back}: open dialogs, and where the focus was
    this.changes = 0;
    this.focusWanted = null;
    root.addEventListener('focusin', (e) => this.focusMoved(e.target, MirrorKind.focus));
    root.addEventListener('focusout', (e) => this.focusMoved(e.target, MirrorKind.blur));
    root.addEventListener('input', (e) => this.typed(e.target));
    root.addEventListener('scroll', (e) => this.scrolled(e.target), true);
  }

  apply(text) {
    for (const record of text.split('\x1e')) {
      if (!record) continue;
      this.changes++;
      const fields = record.split('\x1f');
      if (fields[0] === '+') this.update(fields);
      else if (fields[0] === '-') this.remove(+fields[1]);
      else this.order(fields);
    }
    this.updateModals();
    if (this.focusWanted !== null) this.focus(this.focusWanted);
  }

  update(f) {
    const [id, parentId, layer, role, state, a, b, x, y, w, h, sx, sy, cw, ch] = f.slice(1, 16).map(Number);
    const [name, value, description, detail, extra] = f.slice(16, 21);
    const tag = role === HEADING ? 'h' + (a || 1) : ROLES[role][0];
    let node = this.nodes.get(id);
    if (node && (node.kind !== role || node.localName !== tag)) {
      this.remove(id);
      node = null;
    }
    node ??= this.create(id, role, tag);
    const parent = this.nodes.get(parentId) ?? this.root;
    if (node.parentNode !== parent) parent.append(node);
    node.style.cssText = `left:${x}px;top:${y}px;width:${w}px;height:${h}px` + (layer ? `;z-index:${layer}` : '');
    node.layer = layer;
    this.describe(node, {state, a, b, name, description, detail});
    if (role === FIELD || role === TEXT_AREA) this.describeField(node, {state, a, b, name, value, detail, extra});
    else this.setName(node, tag, name, value);
    if (state & S.scrolls) this.setScroll(node, sx, sy, cw, ch);
  }

  create(id, role, tag) {
    const node = document.createElement(tag);
    node.nodeId = id;
    node.kind = role;
    node.dataset.id = id;
    if (ROLES[role][1]) node.setAttribute('role', ROLES[role][1]);
    if (tag === 'button') node.type = 'button';
    this.nodes.set(id, node);
    return node;
  }

  setName(node, tag, name, value) {
    const ariaRole = node.getAttribute('role');
    if (NAME_IS_TEXT.has(tag) || (NAME_IS_TEXT_ROLES.has(ariaRole) && name)) {
      node.classList.add('leaf');
      this.setText(node, name);
      return;
    }
    set(node, 'aria-label', name || null);
    if (ariaRole === 'combobox') {
      node.classList.add('leaf');
      this.setText(node, value);
    }
    if (ariaRole === 'progressbar') set(node, 'aria-valuetext', value || null);
  }

  // Live regions only speak of text that arrives in them: what is born in one gets its text a moment later.
  setText(node, text) {
    if (node.wantedText === text) return;
    const live = node.wantedText === undefined && node.closest('[role=status],[role=alert]');
    node.wantedText = text;
    if (live && text) setTimeout(() => { node.textContent = node.wantedText; }, 60);
    else node.textContent = text;
  }

  describe(node, {state, a, b, name, description, detail}) {
    const role = node.getAttribute('role');
    const tag = node.localName;
    const is = (bit) => (state & bit) !== 0;
    const flag = (bit) => (is(bit) ? 'true' : null);
    node.keys = is(S.keys);
    node.modal = is(S.modal);
    node.autoFocus = is(S.autoFocus);
    set(node, 'tabindex', is(S.tabStop) ? 0 : is(S.focusable) ? -1 : null);
    if (tag !== 'input' && tag !== 'textarea') set(node, 'aria-disabled', flag(S.disabled));
    set(node, 'aria-busy', flag(S.busy));
    set(node, 'aria-current', is(S.current) ? (tag === 'a' ? 'page' : 'true') : null);
    set(node, 'aria-expanded', is(S.expandable) ? is(S.expanded) : null);
    set(node, 'aria-haspopup', is(S.hasMenu) ? 'menu' : null);
    set(node, 'aria-pressed', is(S.toggle) ? is(S.pressed) : null);
    set(node, 'aria-modal', (role === 'dialog' || role === 'alertdialog') ? flag(S.modal) : null);
    if (['checkbox', 'switch', 'radio'].includes(role)) set(node, 'aria-checked', is(S.mixed) ? 'mixed' : is(S.checked));
    if (['option', 'tab', 'row'].includes(role)) set(node, 'aria-selected', role === 'row' && !is(S.selected) ? null : is(S.selected));
    this.setDescription(node, description);
    if (tag === 'a') set(node, 'href', detail || null);
    if (role === 'combobox') this.describeCombobox(node, state, a, b);
    else this.setNumbers(node, role, a, b, is(S.multiSelect));
  }

  describeCombobox(node, state, list, active) {
    set(node, 'aria-haspopup', 'listbox');
    set(node, 'aria-controls', list ? 'n' + list : null);
    set(node, 'aria-activedescendant', active ? 'n' + active : null);
    set(node, 'aria-required', state & S.required ? 'true' : null);
    set(node, 'aria-invalid', state & S.invalid ? 'true' : null);
  }

  setNumbers(node, role, a, b, multi) {
    if (role === 'grid') {
      set(node, 'aria-rowcount', a);
      set(node, 'aria-colcount', b);
      set(node, 'aria-multiselectable', multi ? 'true' : null);
    } else if (role === 'row') {
      set(node, 'aria-rowindex', a);
    } else if (role === 'gridcell' || role === 'columnheader') {
      set(node, 'aria-colindex', a);
      if (role === 'columnheader') set(node, 'aria-sort', [ 'none', 'ascending', 'descending', null ][b]);
    } else if (role === 'progressbar') {
      set(node, 'aria-valuenow', a >= 0 ? a : null);
    }
    if (role === 'listbox' || role === 'option') node.id = 'n' + node.nodeId;
  }

  setDescription(node, text) {
    const id = 'd' + node.nodeId;
    let element = document.getElementById(id);
    if (!text) {
      element?.remove();
      set(node, 'aria-describedby', null);
      return;
    }
    element ??= document.getElementById('descriptions').appendChild(Object.assign(document.createElement('span'), {id}));
    if (element.textContent !== text) element.textContent = text;
    set(node, 'aria-describedby', id);
  }

  describeField(node, {state, a, b, name, value, detail, extra}) {
    const [autocomplete, placeholder] = extra.split('\n');
    set(node, 'aria-label', name);
    if (node.localName === 'input') {
      set(node, 'type', detail);
      set(node, 'inputmode', {tel: 'tel', email: 'email', number: 'numeric'}[detail] ?? null);
      set(node, 'enterkeyhint', detail === 'search' ? 'search' : null);
    }
    set(node, 'autocomplete', autocomplete);
    set(node, 'placeholder', placeholder || null);
    set(node, 'maxlength', detail === 'number' ? null : b);
    set(node, 'spellcheck', node.localName === 'textarea');
    set(node, 'aria-invalid', state & S.invalid ? 'true' : null);
    set(node, 'aria-required', state & S.required ? 'true' : null);
    node.disabled = (state & S.disabled) !== 0;
    node.readOnly = (state & S.readOnly) !== 0;
    node.style.paddingLeft = a + 'px';
    if (node.value !== value && !node.composing) node.value = value;
  }

  setScroll(node, x, y, width, height) {
    node.scrolls = true;
    node.classList.add('scrolls');
    if (!node.extent) {
      node.extent = document.createElement('i');
      node.extent.setAttribute('aria-hidden', 'true');
      node.prepend(node.extent);
    }
    node.extent.style.cssText = `left:${Math.max(width - 1, 0)}px;top:${Math.max(height - 1, 0)}px`;
    const [oldX, oldY] = node.wantedScroll ?? [0, 0];
    node.wantedScroll = [x, y];
    if (x !== oldX) node.scrollLeft = x;  // each makes the browser lay out the page at once
    if (y !== oldY) node.scrollTop = y;
  }

  remove(id) {
    const node = this.nodes.get(id);
    if (!node) return;
    this.nodes.delete(id);
    document.getElementById('d' + id)?.remove();
    // Children that live on elsewhere are appended there again by their own records.
    node.remove();
  }

  order([, parentId, ...ids]) {
    const parent = this.nodes.get(+parentId);
    if (!parent) return;
    let at = parent.extent ? parent.extent.nextSibling : parent.firstChild;
    for (const id of ids) {
      const child = id && this.nodes.get(+id);
      if (!child) continue;
      if (child === at) {
        at = at.nextSibling;
      } else if (child.contains(document.activeElement)) {
        // Moving the focused node would lose the focus; so its predecessors are moved before it instead.
        while (at && at !== child) {
          const next = at.nextSibling;
          parent.append(at);
          at = next;
        }
        at = child.nextSibling;
      } else {
        parent.insertBefore(child, at);
      }
    }
  }

  // ---- focus

  focusMoved(node, kind) {
    if (node.nodeId === undefined) return;
    const focused = kind === MirrorKind.focus;
    node.classList.toggle('editing', focused);
    this.host.mirrorInput(kind, node.nodeId, {number: focused && node.matches(':focus-visible') ? 1 : 0});
    if (focused) this.host.flush();
  }

  focus(id) {
    const node = this.nodes.get(id);
    this.focusWanted = node ? null : id;
    node?.focus({preventScroll: false});
  }

  // The first thing to use in a dialog or menu.
  firstIn(node) {
    const all = [...node.querySelectorAll('[tabindex],input,textarea')];
    return all.find((n) => n.autoFocus) ?? all.find((n) => n.matches('input:not([readonly]),textarea')) ??
           all.find((n) => n.tabIndex >= 0 && n.textContent !== 'Close') ?? all[0] ?? node;
  }

  updateModals() {
    const open = [...this.root.children].filter((n) => n.modal).sort((a, b) => (a.layer || 0) - (b.layer || 0));
    const closed = this.modals.filter((m) => !open.includes(m.node));
    this.modals = this.modals.filter((m) => open.includes(m.node));
    for (const node of open) {
      if (this.modals.some((m) => m.node === node)) continue;
      this.modals.push({node, back: document.activeElement?.nodeId ?? null});
      this.opened = node;
    }
    const top = open[open.length - 1];
    for (const child of this.root.children) {
      const live = ['status', 'alert'].includes(child.getAttribute('role'));
      const inert = !!top && child !== top && !live && (child.layer || 0) <= (top.layer || 0);
      if (child.inert !== inert) child.inert = inert;
    }
    if (this.opened) {
      const target = this.firstIn(this.opened);
      this.opened = null;
      target.focus();
    } else if (closed.length > 0) {
      const back = this.nodes.get(closed[0].back);
      if (back && (!document.activeElement || document.activeElement === document.body)) back.focus();
    }
  }

  keepInModal(e) {
    const top = this.modals[this.modals.length - 1]?.node;
    if (!top) return;
    const all = [...top.querySelectorAll('[tabindex="0"],input,textarea')].filter((n) => !n.disabled);
    if (all.length === 0) return e.preventDefault();
    const edge = e.shiftKey ? all[0] : all[all.length - 1];
    if (document.activeElement !== edge && top.contains(document.activeElement)) return;
    (e.shiftKey ? all[all.length - 1] : all[0]).focus();
    e.preventDefault();
  }

  // Arrow keys inside radio groups, tab lists and menus. Returns the node to activate, true when only the focus moved.
  rove(node, key) {
    const role = node?.getAttribute('role');
    if (!(role in ROVING)) return false;
    const all = [...node.parentNode.querySelectorAll(`[role=${role}]:not([aria-disabled])`)];
    const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[key];
    const at = all.indexOf(node);
    const next = key === 'Home' ? 0 : key === 'End' ? all.length - 1 : step ? (at + step + all.length) % all.length : -1;
    if (next < 0) return false;
    all[next].focus();
    return ROVING[role] ? all[next] : true;
  }

  // ---- fields and scrolling

  typed(node) {
    if (node.nodeId === undefined) return;
    this.host.mirrorInput(MirrorKind.text, node.nodeId, {text: node.value});
    this.host.flush();
  }

  // The browser scrolls by itself to what gets the focus, or what a test or a screen reader wants to see.
  scrolled(node) {
    if (node === this.root) {
      node.scrollTop = node.scrollLeft = 0;
      return;
    }
    if (!node.scrolls) return;
    const [x, y] = node.wantedScroll;
    if (Math.abs(node.scrollLeft - x) <= 1 && Math.abs(node.scrollTop - y) <= 1) return;
    node.wantedScroll = [node.scrollLeft, node.scrollTop];
    this.host.mirrorInput(MirrorKind.scroll, node.nodeId, {x: node.scrollLeft, y: node.scrollTop});
    this.host.flush();
  }

  // The browser tells of a scroll a frame later than it shows it; a press in between must not hit what was there before.
  settleScroll(node) {
    for (; node && node !== this.root; node = node.parentElement) this.scrolled(node);
  }
}
