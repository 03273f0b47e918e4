#!/usr/bin/env python3
"""Turns libphonenumber's metadata into common/lead/phone_tables.cc and phone_zone_tables.cc.

Needs two inputs, both from packages:
  * the npm package google-libphonenumber (tests/package.json pins it: it is the tests' oracle too), which carries the
    full metadata of one libphonenumber release inside dist/libphonenumber.js;
  * resources/timezones/map_data.txt of libphonenumber's sources: the file of release 9.0.35 in its repository was used;
    `apt-get source libphonenumber` gives an older one.

    (cd tests && npm install --save-dev --save-exact google-libphonenumber)
    scripts/gen_phone_tables.py --zones DIR/resources/timezones/map_data.txt [--check]

--check writes nothing and fails when a committed file differs. Deterministic: same inputs, same bytes. Some ten seconds.

What it makes. Every rule is a question about a string of digits with a small number as the answer ("which type?",
"which prefix is to be cut?"), so every rule is a deterministic automaton; all of them are minimised together into
one table of states. An answer that no further digit can change is not a state but a "sink", a target number past the last
state. See common/lead/phone_tables.h for the shapes. Only the server asks for time zones, where bytes are cheap: theirs is
a plain table of prefixes, common/lead/phone_zone_tables.h.
"""
import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NPM_PACKAGE = ROOT / "tests/node_modules/google-libphonenumber"
RULES = ROOT / "common/lead/phone_tables.cc"
ZONES = ROOT / "common/lead/phone_zone_tables.cc"

MAX_NSN = 17  # libphonenumber refuses longer national numbers
DEPTH = MAX_NSN + 1  # at this depth every answer is final

# Field numbers of phonemetadata.proto, which index the arrays of the JavaScript build.
GENERAL, INTERNATIONAL_PREFIX, NATIONAL_PREFIX_FOR_PARSING, TRANSFORM_RULE = 1, 11, 15, 16
CALLING_CODE, SAME_MOBILE, LEADING_DIGITS = 10, 18, 23
DESC_PATTERN, DESC_LENGTHS, DESC_LOCAL_LENGTHS = 2, 9, 10
FIXED, MOBILE = 2, 3
# In the order in which libphonenumber asks; then fixed and mobile. (field, PhoneType)
TYPES = [(5, 5), (4, 4), (6, 6), (8, 7), (7, 8), (21, 9), (25, 10), (28, 11)]
TYPE_FIXED, TYPE_MOBILE, TYPE_EITHER = 1, 2, 3


# ---- the input ----------------------------------------------------------------------------------------------------

def javascript_literal(source, start):
    """The array or object literal at source[start], as Python values; holes become None, keys strings."""
    tokens = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"(\.split\(" "\))?|(-?\d+)|!([01])|(null)|([A-Za-z_]\w*)|'
                        r'([\[\]{},:]))')
    at = start

    def take():
        nonlocal at
        found = tokens.match(source, at)
        assert found, source[at:at + 40]
        at = found.end()
        return found

    def value(token):
        text, split, number, boolean, _, name, mark = token.groups()
        if text is not None:
            text = json.loads('"%s"' % text)
            return text.split(" ") if split else text
        if number is not None:
            return int(number)
        if boolean is not None:
            return boolean == "0"
        if mark == "[":
            return array()
        if mark == "{":
            return record()
        assert name is None, name
        return None

    def array():
        items, hole = [], True
        while True:
            token = take()
            if token[7] == "]":
                return items
            if token[7] == ",":
                if hole:
                    items.append(None)
                hole = True
            else:
                items.append(value(token))
                hole = False

    def record():
        items = {}
        while True:
            token = take()
            if token[7] == "}":
                return items
            if token[7] == ",":
                continue
            key = token[1] if token[1] is not None else token[3] or token[6]
            assert take()[7] == ":"
            items[key] = value(take())

    return value(take())


def read_metadata(package):
    source = (package / "dist/libphonenumber.js").read_text()

    def table(name):
        key = "i18n.phonenumbers.metadata.%s=" % name
        return javascript_literal(source, source.index(key) + len(key))

    version = json.loads((package / "package.json").read_text())["version"]
    return table("countryCodeToRegionCodeMap"), table("countryToMetadata"), version


def field(message, number):
    return message[number] if message and number < len(message) else None


# ---- regular expressions, as far as the metadata uses them -----------------------------------------------------------

class Pattern:
    """A backtracking program: lists of ('digit', mask, next), ('split', [next...]), ('save', n, next), ('end', next),
    ('match',). The order in a split is the order of preference, as in a regular expression."""

    def __init__(self, text):
        self.text, self.at, self.groups = text, 0, 0
        self.code = [("match",)]
        tree = self._alternatives()
        assert self.at == len(text), text
        self.start = self._compile(tree, 0)

    def _alternatives(self):
        branches = [self._sequence()]
        while self.text[self.at:self.at + 1] == "|":
            self.at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else ("alt", branches)

    def _sequence(self):
        items = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            items.append(self._repeated(self._atom()))
        return ("seq", items)

    def _atom(self):
        text, at = self.text, self.at
        if text.startswith("(?:", at):
            self.at += 3
            node = self._alternatives()
            assert text[self.at] == ")"
            self.at += 1
            return node
        if text[at] == "(":
            self.groups += 1
            number = self.groups
            self.at += 1
            node = self._alternatives()
            assert text[self.at] == ")"
            self.at += 1
            return ("group", number, node)
        if text[at] == "[":
            end = text.index("]", at)
            mask, body = 0, text[at + 1:end].replace("\\d", "0-9")
            for low, high in re.findall(r"(\d)(?:-(\d))?", body):
                for digit in range(int(low), int(high or low) + 1):
                    mask |= 1 << digit
            assert re.fullmatch(r"(?:\d(?:-\d)?)+", body), text
            self.at = end + 1
            return ("digit", mask)
        if text.startswith("\\d", at):
            self.at += 2
            return ("digit", 1023)
        if text[at] == "$":
            self.at += 1
            return ("end",)
        assert text[at].isdigit(), text
        self.at += 1
        return ("digit", 1 << int(text[at]))

    def _repeated(self, node):
        found = re.compile(r"\?|\{(\d+)(?:,(\d+))?\}").match(self.text, self.at)
        assert self.text[self.at:self.at + 1] not in ("*", "+"), self.text
        if not found:
            return node
        self.at = found.end()
        if found[0] == "?":
            return ("repeat", 0, 1, node)
        return ("repeat", int(found[1]), int(found[2] or found[1]), node)

    def _emit(self, instruction):
        self.code.append(instruction)
        return len(self.code) - 1

    def _compile(self, node, after):
        kind = node[0]
        if kind == "digit":
            return self._emit(("digit", node[1], after))
        if kind == "end":
            return self._emit(("end", after))
        if kind == "seq":
            for item in reversed(node[1]):
                after = self._compile(item, after)
            return after
        if kind == "alt":
            return self._emit(("split", [self._compile(branch, after) for branch in node[1]]))
        if kind == "group":
            inner = self._compile(node[2], self._emit(("save", 2 * node[1] + 1, after)))
            return self._emit(("save", 2 * node[1], inner))
        _, low, high, inner = node
        rest = after
        for _ in range(high - low):
            rest = self._emit(("split", [self._compile(inner, rest), after]))
        for _ in range(low):
            rest = self._compile(inner, rest)
        return rest

    # A thread is (program counter, saved positions); the list is in order of preference.
    def threads(self, counters, depth):
        """The threads that wait for a digit, for the end, or have matched; cut behind the first match."""
        out, seen = [], set()

        def follow(counter, saved):
            if counter in seen:
                return
            seen.add(counter)
            instruction = self.code[counter]
            if instruction[0] == "split":
                for branch in instruction[1]:
                    follow(branch, saved)
            elif instruction[0] == "save":
                follow(instruction[2], saved + ((instruction[1], depth),))
            else:
                out.append((counter, saved))

        for counter, saved in counters:
            follow(counter, saved)
        return tuple(out)


class Full:
    """Does the pattern match the whole string? State: a set of program counters."""

    def __init__(self, pattern):
        self.pattern = Pattern(pattern)

    def start(self):
        return self._closure({self.pattern.start})

    def _closure(self, counters):
        return frozenset(counter for counter, _ in self.pattern.threads([(c, ()) for c in counters], 0))

    def step(self, state, digit):
        code = self.pattern.code
        return self._closure({code[c][2] for c in state if code[c][0] == "digit" and code[c][1] >> digit & 1})

    def accepts(self, state):
        return 0 in state


class Prefix:
    """How does the pattern match at the start of the string, as a backtracking matcher would? The answer is
    (end of the match, ((group mark, position)...)) or None. State: ordered threads, and the match found so far."""

    def __init__(self, pattern):
        self.pattern = Pattern(pattern)

    def start(self):
        return self._settle(self.pattern.threads([(self.pattern.start, ())], 0), 0, None)

    def _settle(self, threads, depth, best):
        waiting = []
        for counter, saved in threads:
            if self.pattern.code[counter][0] == "match":
                return tuple(waiting), depth, (depth, saved)
            waiting.append((counter, saved))
        return tuple(waiting), depth, best

    def step(self, state, digit):
        threads, depth, best = state
        code = self.pattern.code
        moved = [(code[c][2], saved) for c, saved in threads if code[c][0] == "digit" and code[c][1] >> digit & 1]
        return self._settle(self.pattern.threads(moved, depth + 1), depth + 1, best)

    def answer(self, state):
        """The answer if the string ends here."""
        threads, depth, best = state
        for counter, saved in threads:
            if self.pattern.code[counter][0] == "end":
                return depth, saved  # preferred to every later thread, and to `best`, which was found by a later one
        return best

    def settled(self, state):
        return not state[0]


# ---- automata ---------------------------------------------------------------------------------------------------------

class Automaton:
    """All rules in one minimal acyclic automaton. A node is ('sink', label) or an index into `rows`; a row is
    (label if the digits end here, ten nodes). Equal rows are one row, so the result is minimal."""

    def __init__(self):
        self.rows, self.index = [], {}

    def node(self, label, children):
        if all(child == ("sink", label) for child in children):
            return ("sink", label)
        row = (label, tuple(children))
        if row not in self.index:
            self.index[row] = len(self.rows)
            self.rows.append(row)
        return self.index[row]

    def build(self, start, step, label, settled=lambda state: False):
        """The node of a machine given by functions on hashable states."""
        memo = {}

        def visit(state, depth):
            if depth == DEPTH or settled(state):
                return ("sink", label(state, depth))
            key = (state, depth)
            if key not in memo:
                children = [visit(step(state, digit), depth + 1) for digit in range(10)]
                memo[key] = self.node(label(state, depth), children)
            return memo[key]

        return visit(start, 0)


class Desc:
    """One PhoneNumberDesc: a pattern and the lengths it is limited to."""

    def __init__(self, message):
        self.lengths = field(message, DESC_LENGTHS) or []
        self.full = None if self.lengths == [-1] else Full(field(message, DESC_PATTERN) or "")

    def accepts(self, state, depth):
        return self.full is not None and (not self.lengths or depth in self.lengths) and self.full.accepts(state)


class Region:
    def __init__(self, code, message):
        self.code, self.message = code, message
        self.calling_code = field(message, CALLING_CODE)
        self.general = Desc(field(message, GENERAL))
        self.descs = [(Desc(field(message, number)), kind) for number, kind in TYPES]
        self.fixed, self.mobile = Desc(field(message, FIXED)), Desc(field(message, MOBILE))
        self.same = bool(field(message, SAME_MOBILE))
        leading = field(message, LEADING_DIGITS)
        self.leading = Prefix(leading) if leading else None
        self.all = [self.general] + [desc for desc, _ in self.descs] + [self.fixed, self.mobile]

    def start(self):
        return (tuple(desc.full.start() if desc.full else frozenset() for desc in self.all),
                self.leading.start() if self.leading else None)

    def step(self, state, digit):
        descs, leading = state
        stepped = tuple(desc.full.step(inner, digit) if inner else inner for desc, inner in zip(self.all, descs))
        if self.leading and not self.settled_leading(leading):
            leading = self.leading.step(leading, digit)
            if self.settled_leading(leading):
                leading = ((), 0, leading[2] and (0, ()))  # only whether it matched is of interest
        return stepped, leading

    def settled_leading(self, leading):
        return self.leading.settled(leading)

    def kind(self, state, depth):
        """getNumberTypeHelper."""
        inner = state[0]
        if not self.general.accepts(inner[0], depth):
            return 0
        for (desc, kind), at in zip(self.descs, inner[1:]):
            if desc.accepts(at, depth):
                return kind
        fixed, mobile = self.fixed.accepts(inner[-2], depth), self.mobile.accepts(inner[-1], depth)
        if fixed:
            return TYPE_EITHER if self.same or mobile else TYPE_FIXED
        return TYPE_MOBILE if mobile and not self.same else 0

    def leads(self, state):
        return self.leading.answer(state[1]) is not None


class Plan:
    """A calling code with its regions, the main one first. The answer: (index of the region or None, type)."""

    def __init__(self, calling_code, regions):
        self.calling_code, self.regions = calling_code, regions

    def start(self):
        return tuple(region.start() for region in self.regions)

    def step(self, state, digit):
        return tuple(region.step(inner, digit) for region, inner in zip(self.regions, state))

    def answer(self, state, depth):
        """getRegionCodeForNumber, then the type in that region."""
        if len(self.regions) == 1:
            return 0, self.regions[0].kind(state[0], depth)
        for index, (region, inner) in enumerate(zip(self.regions, state)):
            kind = region.kind(inner, depth)
            if region.leads(inner) if region.leading else kind:
                return index, kind
        return None, 0

    def settled(self, state):
        return not any(any(inner[0]) for inner in state) and all(
            region.leading is None or region.settled_leading(inner[1])
            for region, inner in zip(self.regions, state))


class Labels:
    """Small numbers for answers, in order of appearance; 0 is given."""

    def __init__(self, zero):
        self.items = [zero]
        self.index = {zero: 0}

    def __call__(self, item):
        if item not in self.index:
            self.index[item] = len(self.items)
            self.items.append(item)
        return self.index[item]


def cut_of(rule, groups, match):
    """What a prefix match does to the number, as (literal, kept from, kept count, resume at); None: nothing."""
    if match is None:
        return None
    end, saved = match
    marks = dict(saved)
    last = (marks.get(2 * groups), marks.get(2 * groups + 1)) if groups else (0, 0)
    if not rule or None in last or last[0] == last[1]:
        return ("", 0, 0, end) if end else None
    found = re.fullmatch(r"(\d*)\$(\d)", rule)
    assert found, rule
    begin, stop = marks[2 * int(found[2])], marks[2 * int(found[2]) + 1]
    return (found[1], begin, stop - begin, end)


def build_prefix(automaton, pattern, label):
    prefix = Prefix(pattern)
    return automaton.build(prefix.start(), prefix.step, lambda state, depth: label(prefix.pattern.groups,
                           prefix.answer(state)), prefix.settled)


def length_masks(region):
    general = field(region.message, GENERAL)
    mask = sum(1 << n for n in field(general, DESC_LENGTHS) or [])
    local = sum(1 << n for n in field(general, DESC_LOCAL_LENGTHS) or [])
    return mask, local


# ---- packing ----------------------------------------------------------------------------------------------------------

class RangeEncoder:
    """A binary adaptive range coder; common/lead/phone_unpack.cc holds its mirror and says how the bits are modelled."""

    def __init__(self):
        self.low, self.range, self.cache, self.pending, self.out = 0, 0xFFFFFFFF, 0, 1, bytearray()
        self.models = {}

    def bit(self, model, bit):
        fast, slow, age = self.models.get(model, (1 << 15, 1 << 15, 0))
        bound = (self.range >> 12) * ((fast + slow) >> 5)
        if bit:
            self.range = bound
        else:
            self.low, self.range = self.low + bound, self.range - bound
        self.models[model] = self._moved(fast, bit, min(age, 12)), self._moved(slow, bit, age), min(age + 1, 60)
        while self.range < 1 << 24:
            self.range = self.range << 8 & 0xFFFFFFFF
            self._shift()

    @staticmethod
    def _moved(chance, bit, age):
        rate = 655360 // (10 * age + 18)
        return chance + ((65535 - chance) * rate >> 16) if bit else chance - (chance * rate >> 16)

    def _shift(self):
        if self.low < 0xFF000000 or self.low >= 1 << 32:
            carry = self.low >> 32
            for byte in [self.cache] + [0xFF] * (self.pending - 1):
                self.out.append((byte + carry) & 0xFF)
            self.cache, self.pending = self.low >> 24 & 0xFF, 0
        self.pending += 1
        self.low = self.low << 8 & 0xFFFFFFFF

    def tree(self, model, value, bits):
        node = 1
        for shift in range(bits - 1, -1, -1):
            bit = value >> shift & 1
            self.bit(model + (node,), bit)
            node = 2 * node + bit

    def finish(self):
        for _ in range(5):
            self._shift()
        return bytes(self.out[1:])  # the first byte is always 0


SINK, BACK, FRESH, NOTHING = 0, 1, 2, 3  # what the previous target of a row was
IN_ROW, IN_SINK, IN_ROOT = 0, 1, 2
NO_HEIGHT = 20


class Packer:
    """Writes the automaton from its roots, each state where it is met first; see phone_unpack.cc for the reader."""

    def __init__(self, rows):
        self.rows, self.out = rows, RangeEncoder()
        self.height, self.recent, self.last_label = {}, [[] for _ in range(32)], [0] * 4

    def label(self, domain, where, value):
        self.out.bit(("some", domain, where), value != 0)
        if value == 0:
            return
        same = value == self.last_label[domain]
        self.out.bit(("again", domain, where), same)
        if not same:
            self.out.tree(("label", domain), value, 9)
        self.last_label[domain] = value

    def known(self, node, context):
        """A state written before: its height, then how long ago it was named among those of its height."""
        height = self.height[node]
        self.out.tree(("height", context), height, 5)
        recent = self.recent[height]
        rank = recent[::-1].index(node) + 1
        length = rank.bit_length() - 1
        for i in range(length):
            self.out.bit(("longer", height, i), 1)
        self.out.bit(("longer", height, length), 0)
        prefix = 1
        for shift in range(length - 1, -1, -1):
            bit = rank >> shift & 1
            self.out.bit(("rank", length, prefix if prefix < 8 else 0), bit)
            prefix = 2 * prefix + bit
        recent.remove(node)
        recent.append(node)

    def root(self, domain, node):
        is_sink = isinstance(node, tuple)
        self.out.bit(("root sink", domain), is_sink)
        if is_sink:
            self.label(domain, IN_ROOT, node[1])
            return
        fresh = node not in self.height
        self.out.bit(("root fresh", domain), fresh)
        if fresh:
            self.state(domain, 0, node)
        else:
            self.known(node, NO_HEIGHT)

    def state(self, domain, depth, node):
        label, children = self.rows[node]
        self.label(domain, IN_ROW, label)
        targets, kind, run, height = [], NOTHING, 0, NO_HEIGHT
        for digit, child in enumerate(children):
            if digit:
                same = child == targets[-1]
                self.out.bit(("same", min(run, 3), kind, digit == 9, len(targets) == 1), same)
                if same:
                    run += 1
                    continue
            run = 0
            if len(targets) >= 2:
                old = child in targets
                self.out.bit(("old", min(len(targets), 4), kind, digit > 5), old)
                if old:
                    kind = self.old_target(targets, child)
                    continue
            kind = self.new_target(domain, depth, child, (min(len(targets), 3), kind, digit == 0), height)
            targets.append(child)
            if kind != SINK:
                height = self.height[child]
        self.height[node] = 1 + max([0] + [self.height[child] for child in children if isinstance(child, int)])
        self.recent[self.height[node]].append(node)

    def old_target(self, targets, child):
        """One of the targets before the last one, latest first; it becomes the last one."""
        others = targets[-2::-1]
        for i, other in enumerate(others[:-1]):
            self.out.bit(("which", min(i, 3), min(len(others), 4)), other == child)
            if other == child:
                break
        targets.remove(child)
        targets.append(child)
        return SINK if isinstance(child, tuple) else BACK

    def new_target(self, domain, depth, child, context, height):
        is_sink = isinstance(child, tuple)
        self.out.bit(("sink", domain) + context, is_sink)
        if is_sink:
            self.label(domain, IN_SINK, child[1])
            return SINK
        fresh = child not in self.height
        self.out.bit(("fresh", domain, height == NO_HEIGHT, context[1], min(depth, 12)), fresh)
        if fresh:
            self.state(domain, depth + 1, child)
            return FRESH
        self.known(child, NO_HEIGHT + 1 + depth if height == NO_HEIGHT else height)
        return BACK


# ---- the output ---------------------------------------------------------------------------------------------------------

def read_zones(path):
    entries = {}
    for line in path.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            prefix, zones = line.strip().split("|")
            entries[prefix] = tuple(zone for zone in zones.split("&") if zone != "Etc/Unknown")
    return entries


def wrapped(items, indent="    ", width=100):
    lines, line = [], indent
    for item in items:
        if len(line) + len(item) + 1 > width:
            lines.append(line.rstrip())
            line = indent
        line += item + " "
    return "\n".join(lines + [line.rstrip()])


def region_number(code):
    """"AA" is 0, "ZZ" 675."""
    return (ord(code[0]) - ord("A")) * 26 + ord(code[1]) - ord("A")


def bitmap(size, members):
    out = bytearray((size + 7) // 8)
    for member in members:
        out[member // 8] |= 1 << member % 8
    return out


def array(kind, name, items):
    return "const %s %s[] = {\n%s};\n" % (kind, name, wrapped([item + "," for item in items]))


def generate(codes, messages, version):
    automaton = Automaton()
    geographic = sorted(code for code in messages if not code.isdigit())
    names = geographic + sorted((code for code in messages if code.isdigit()), key=int)
    regions = [Region(name, messages[name]) for name in names]
    place = {name: i for i, name in enumerate(names)}
    plans = [Plan(int(code), [regions[place[code if name == "001" else name]] for name in codes[code]])
             for code in sorted(codes, key=int)]
    answers, cuts = Labels((None, 0)), Labels(None)

    roots = []
    for plan in plans:
        roots.append((0, automaton.build(plan.start(), plan.step, lambda state, depth: answers(plan.answer(state, depth)),
                                         plan.settled)))
    for region in regions:
        full = region.general.full
        roots.append((1, automaton.build(full.start(), full.step, lambda state, depth: int(full.accepts(state)),
                                         lambda state: not state)))
    for region in regions:
        pattern = field(region.message, NATIONAL_PREFIX_FOR_PARSING) or ""
        rule = field(region.message, TRANSFORM_RULE)
        roots.append((2, build_prefix(automaton, pattern,
                                      lambda groups, match: cuts(cut_of(rule, groups, match)))))
    for region in regions:
        pattern = field(region.message, INTERNATIONAL_PREFIX)
        roots.append((3, build_prefix(automaton, pattern, lambda groups, match: match[0] if match else 0)
                      if pattern else ("sink", 0)))

    packer = Packer(automaton.rows)
    for domain, node in roots:
        packer.root(domain, node)
    packed = packer.out.finish()

    lengths = Labels(length_masks(regions[0]))
    length_of = [lengths(length_masks(region)) for region in regions]
    plan_regions = [place[region.code] for plan in plans for region in plan.regions]

    print("%d states, %d bytes packed, %d answers, %d cuts" %
          (len(automaton.rows), len(packed), len(answers.items), len(cuts.items)), file=sys.stderr)
    counts = dict(kPhoneStates=len(automaton.rows), kPhoneSinks=max(len(answers.items), len(cuts.items)),
                  kPhonePlanCount=len(plans), kPhoneRegionCount=len(geographic), kPhoneRuleCount=len(regions))
    parts = [
        "// Generated by scripts/gen_phone_tables.py from google-libphonenumber %s. Do not edit.\n"
        "// clang-format off" % version,
        '#include "common/lead/phone_tables.h"\n',
        "namespace leadline::phone_tables {\n",
        'const char kMetadataVersion[] = "google-libphonenumber %s";\n' % version,
        "\n".join("static_assert(%s == %d);" % item for item in counts.items()) + "\n",
        array("uint8_t", "kRegionCodes", map(str, bitmap(26 * 26, map(region_number, geographic)))),
        array("uint8_t", "kCallingCodes", map(str, bitmap(1000, [plan.calling_code for plan in plans]))),
        array("uint8_t", "kRulesInPlan", [str(len(plan.regions)) for plan in plans]),
        array("uint8_t", "kRulesOfPlans", map(str, plan_regions)),
        array("uint8_t", "kLengthsOfRule", map(str, length_of)),
        array("LengthMasks", "kLengths", ["{%#x, %#x}" % masks for masks in lengths.items]),
        array("Answer", "kAnswers", ["{%d, %d}" % (255 if index is None else index, kind)
                                     for index, kind in answers.items]),
        array("Cut", "kCuts", ['{"%s", %d, %d, %d}' % (cut or ("", 0, 0, 0)) for cut in cuts.items]),
        array("uint8_t", "kPacked", map(str, packed)),
        "const size_t kPackedSize = sizeof(kPacked);\n",
        "}  // namespace leadline::phone_tables\n",
    ]
    return "\n".join(parts), counts


def useful_zones(entries):
    """The prefixes that say something else than the next shorter one, as {prefix: zones}."""
    def before(prefix):
        return next((entries[prefix[:end]] for end in range(len(prefix) - 1, 0, -1) if prefix[:end] in entries), ())
    return {prefix: zones for prefix, zones in entries.items() if zones != before(prefix)}


def generate_zones(entries, source_hash):
    entries = useful_zones(entries)
    keys = sorted((int("1" + prefix), zones) for prefix, zones in entries.items())
    assert keys[-1][0] < 2 ** 32
    lists = Labels(())
    for _, zones in keys:
        lists(zones)
    names = sorted({zone for found in lists.items for zone in found})
    starts, members = [], []
    for found in lists.items:
        starts.append(len(members))
        members.extend(names.index(zone) for zone in found)
    starts.append(len(members))
    counts = dict(kZonePrefixCount=len(keys), kMaxZonePrefix=max(map(len, entries)))
    parts = [
        "// Generated by scripts/gen_phone_tables.py from timezones/map_data.txt\n"
        "// (sha256 %s). Do not edit.\n"
        "// clang-format off" % source_hash,
        '#include "common/lead/phone_zone_tables.h"\n',
        "namespace leadline::phone_tables {\n",
        "\n".join("static_assert(%s == %d);" % item for item in counts.items()) + "\n",
        array("std::string_view", "kZoneNames", ['"%s"' % zone for zone in names]),
        array("uint16_t", "kZoneListStarts", map(str, starts)),
        array("uint16_t", "kZoneLists", map(str, members)),
        array("ZonePrefix", "kZonePrefixes", ["{%d, %d}" % (key, lists(zones)) for key, zones in keys]),
        "}  // namespace leadline::phone_tables\n",
    ]
    return "\n".join(parts), counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--package", type=Path, default=NPM_PACKAGE, help="the unpacked google-libphonenumber")
    parser.add_argument("--zones", type=Path, required=True, help="timezones/map_data.txt")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a committed file differs")
    args = parser.parse_args()
    codes, messages, version = read_metadata(args.package)
    zones_hash = hashlib.sha256(args.zones.read_bytes()).hexdigest()
    made = {RULES: generate(codes, messages, version), ZONES: generate_zones(read_zones(args.zones), zones_hash)}
    for path, (text, counts) in made.items():
        print("counts for %s: %s" % (path.with_suffix(".h").name, counts), file=sys.stderr)
        if not args.check:
            path.write_text(text)
        elif path.read_text() != text:
            sys.exit("%s is not of this metadata" % path.name)


if __name__ == "__main__":
    main()
