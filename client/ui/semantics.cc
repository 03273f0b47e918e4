#include "client/ui/semantics.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "client/platform/platform.h"
#include "client/platform/surface.h"
#include "client/ui/audit.h"

namespace leadline::ui::semantics {
namespace {

using platform::MirrorInput;

// Format of a change set: records end with 0x1e, their fields with 0x1f; both are removed from
// texts.
//   "-" id                                                             the node is gone, with its
//   children
//   "+" id parent layer role state a b x y w h sx sy cw ch name value description detail extra new
//   or changed "o" parent child child ...                                        the order of the
//   children of a node (0: the page)
constexpr char kRecordEnd = '\x1e';
constexpr char kFieldEnd = '\x1f';

struct Stored {
  Node node;  // its texts are offsets into the arena, see texts
  uint32_t parent = 0;
  int layer = 0;
  uint32_t text_begin[5] = {};
  uint32_t text_size[5] = {};
};

struct Known {  // what the page has
  uint64_t hash = 0;
  uint64_t children_hash = 0;
  uint32_t frame = 0;
};

struct State {
  std::vector<Stored> nodes;
  std::string arena;
  std::unordered_map<uint32_t, int> index;  // of the frame: id -> position in nodes
  std::unordered_map<uint32_t, Known> known;
  std::unordered_map<uint64_t, int> nameless;  // (parent, role) -> count
  std::vector<uint32_t> parents;
  std::vector<MirrorInput> input;
  std::string out;
  uint32_t frame = 0;
  uint32_t focused = 0;
  uint32_t lost = 0;
  bool focus_visible = false;
  uint32_t focus_request = 0;
};

State& S() {
  static State* const state = new State;
  return *state;
}

uint64_t Mix(uint64_t hash, uint64_t value) {
  hash ^= value + 0x9e3779b97f4a7c15ull + (hash << 6) + (hash >> 2);
  return hash * 0xff51afd7ed558ccdull;
}

uint64_t MixText(uint64_t hash, std::string_view text) {
  uint64_t h = 14695981039346656037ull;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return Mix(hash, h);
}

std::string_view TextOf(const Stored& s, int i) {
  return std::string_view(S().arena).substr(s.text_begin[i], s.text_size[i]);
}

ImVec2 OriginOf(uint32_t parent) {
  const auto found = S().index.find(parent);
  if (found == S().index.end()) return ImVec2(0, 0);
  const Node& node = S().nodes[found->second].node;
  return ImVec2(node.min.x - node.scroll.x, node.min.y - node.scroll.y);
}

struct Placed {
  int numbers[8];  // x y w h sx sy cw ch; tenths would only make noise
};

Placed Place(const Stored& s) {
  const Node& n = s.node;
  const ImVec2 origin = OriginOf(s.parent);
  const auto round = [](float v) { return static_cast<int>(std::lround(v)); };
  return {{round(n.min.x - origin.x), round(n.min.y - origin.y), round(n.max.x - n.min.x),
           round(n.max.y - n.min.y), round(n.scroll.x), round(n.scroll.y), round(n.content.x),
           round(n.content.y)}};
}

uint64_t HashOf(const Stored& s, const Placed& place) {
  uint64_t h = Mix(static_cast<uint64_t>(s.node.role) << 32 | s.node.state, s.parent);
  h = Mix(h, static_cast<uint64_t>(s.node.a));
  h = Mix(h, static_cast<uint64_t>(s.node.b));
  h = Mix(h, static_cast<uint64_t>(s.layer));
  for (const int number : place.numbers) h = Mix(h, static_cast<uint64_t>(number));
  for (int i = 0; i < 5; ++i) h = MixText(h, TextOf(s, i));
  return h;
}

void AppendNumber(int64_t number) {
  S().out += std::to_string(number);
  S().out += kFieldEnd;
}

void AppendNode(const Stored& s, const Placed& place) {
  std::string& out = S().out;
  out += '+';
  out += kFieldEnd;
  for (const int64_t number : {static_cast<int64_t>(s.node.id), static_cast<int64_t>(s.parent),
                               static_cast<int64_t>(s.layer), static_cast<int64_t>(s.node.role),
                               static_cast<int64_t>(s.node.state), s.node.a, s.node.b}) {
    AppendNumber(number);
  }
  for (const int number : place.numbers) AppendNumber(number);
  for (int i = 0; i < 5; ++i) {
    out += TextOf(s, i);
    out += kFieldEnd;
  }
  out += kRecordEnd;
}

void SendNodes() {
  for (const Stored& s : S().nodes) {
    const Placed place = Place(s);
    const uint64_t hash = HashOf(s, place);
    Known& known = S().known[s.node.id];
    if (known.hash == hash) continue;
    known.hash = hash;
    AppendNode(s, place);
  }
}

void SendRemovals() {
  for (const Stored& s : S().nodes) S().known[s.node.id].frame = S().frame;
  for (auto it = S().known.begin(); it != S().known.end();) {
    if (it->second.frame == S().frame || it->first == 0) {
      ++it;
      continue;
    }
    S().out += '-';
    S().out += kFieldEnd;
    AppendNumber(it->first);
    S().out += kRecordEnd;
    it = S().known.erase(it);
  }
}

void SendOrder(uint32_t parent, const std::vector<uint32_t>& children) {
  uint64_t hash = children.size();
  for (const uint32_t child : children) hash = Mix(hash, child);
  Known& known = S().known[parent];
  if (known.children_hash == hash) return;
  known.children_hash = hash;
  S().out += 'o';
  S().out += kFieldEnd;
  AppendNumber(parent);
  for (const uint32_t child : children) AppendNumber(child);
  S().out += kRecordEnd;
}

void SendOrders() {
  std::unordered_map<uint32_t, std::vector<uint32_t>> children;
  children[0];
  for (const Stored& s : S().nodes) children[s.parent].push_back(s.node.id);
  // Layers lie above the page whatever the order of drawing was.
  const auto layer_of = [](uint32_t id) { return S().nodes[S().index[id]].layer; };
  std::stable_sort(children[0].begin(), children[0].end(),
                   [&](uint32_t a, uint32_t b) { return layer_of(a) < layer_of(b); });
  for (const auto& [parent, list] : children) SendOrder(parent, list);
}

template <typename Match>
bool Take(Match match, MirrorInput* taken) {
  std::vector<MirrorInput>& input = S().input;
  const auto found = std::find_if(input.begin(), input.end(), match);
  if (found == input.end()) return false;
  *taken = std::move(*found);
  input.erase(found);
  return true;
}

bool TakeKind(uint32_t id, MirrorInput::Kind kind, MirrorInput* taken) {
  return Take([&](const MirrorInput& i) { return i.id == id && i.kind == kind; }, taken);
}

void KeepFocus(const MirrorInput& input) {
  State& s = S();
  if (input.kind == MirrorInput::Kind::kFocus) {
    s.focused = input.id;
    s.focus_visible = input.number != 0;
  } else if (s.focused == input.id) {
    s.focused = 0;
    s.lost = input.id;
  }
}

uint32_t NamelessId(uint32_t parent, Role role) {
  const uint64_t key = static_cast<uint64_t>(parent) << 8 | static_cast<uint64_t>(role);
  const int count = S().nameless[key]++;
  const uint64_t mixed = Mix(Mix(key, 0x5eed), static_cast<uint64_t>(count));
  return static_cast<uint32_t>(mixed >> 32) | 1u;
}

void StoreTexts(const Node& node, Stored* stored) {
  const std::string_view texts[5] = {node.name, node.value, node.description, node.detail,
                                     node.extra};
  for (int i = 0; i < 5; ++i) {
    stored->text_begin[i] = static_cast<uint32_t>(S().arena.size());
    for (const char c : texts[i]) {
      if (c != kRecordEnd && c != kFieldEnd && c != '\0') S().arena += c;
    }
    stored->text_size[i] = static_cast<uint32_t>(S().arena.size()) - stored->text_begin[i];
  }
}

uint32_t AddTo(const Node& node, uint32_t parent, int layer) {
  Stored stored{.node = node, .parent = parent, .layer = layer};
  if (stored.node.id == 0) stored.node.id = NamelessId(parent, node.role);
  StoreTexts(node, &stored);
  const uint32_t id = stored.node.id;
  const auto [at, is_new] = S().index.emplace(id, static_cast<int>(S().nodes.size()));
  if (is_new) {
    S().nodes.push_back(stored);
  } else {
    audit::Report("two widgets have the same identity", node.name);
  }
  audit::Describe(id);
  return id;
}

bool NeedsName(Role role) {
  switch (role) {
    case Role::kNone:
    case Role::kText:
    case Role::kRow:
    case Role::kGridCell:
    case Role::kMain:
    case Role::kBanner:
    case Role::kStatus:
    case Role::kAlert:
    case Role::kList:
    case Role::kTerm:
    case Role::kDefinition:
    case Role::kMenu:
    case Role::kListbox:
    case Role::kRowGroup:
      return false;
    default:
      return true;
  }
}

}  // namespace

void BeginFrame() {
  State& s = S();
  s.nodes.clear();
  s.arena.clear();
  s.index.clear();
  s.nameless.clear();
  s.parents.assign(1, 0);
  s.lost = 0;
  // What nobody took in the last frame was meant for a widget that is gone.
  s.input = platform::TakeMirrorInput();
  if (!s.input.empty()) platform::Wake(2);  // one frame to act, one to show it
  ++s.frame;
  for (const MirrorInput& input : s.input) {
    if (input.kind == MirrorInput::Kind::kFocus || input.kind == MirrorInput::Kind::kBlur)
      KeepFocus(input);
    // The page shows what was typed; should the program decide otherwise, the node has to be sent
    // again.
    if (input.kind == MirrorInput::Kind::kText || input.kind == MirrorInput::Kind::kScroll) {
      const auto known = s.known.find(input.id);
      if (known != s.known.end()) known->second.hash = 0;
    }
  }
  audit::BeginFrame();
}

void ForgetPage() {
  S() = State();
}

bool EndFrame() {
  State& s = S();
  IM_ASSERT(s.parents.size() == 1 && "a semantic node was pushed and not popped");
  s.out.clear();
  SendRemovals();
  SendNodes();
  SendOrders();
  audit::EndFrame();
  if (!s.out.empty()) platform::SendMirror(s.out);
  if (s.focus_request != 0 && s.index.count(s.focus_request) != 0) {
    platform::FocusMirrorNode(s.focus_request);
    s.focus_request = 0;
  }
  return !s.out.empty();
}

uint32_t Add(const Node& node) {
  if (node.name.empty() && NeedsName(node.role))
    audit::Report("a widget has no name", "role " + std::to_string(static_cast<int>(node.role)));
  return AddTo(node, CurrentParent(), 0);
}

uint32_t Push(const Node& node, int layer) {
  if (node.name.empty() && NeedsName(node.role))
    audit::Report("a container has no name", "role " + std::to_string(static_cast<int>(node.role)));
  const uint32_t id = AddTo(node, layer > 0 ? 0 : CurrentParent(), layer);
  S().parents.push_back(id);
  return id;
}

void Pop() {
  IM_ASSERT(S().parents.size() > 1);
  S().parents.pop_back();
}

uint32_t CurrentParent() {
  return S().parents.back();
}

namespace {

Node* Find(uint32_t id) {
  const auto found = S().index.find(id);
  return found == S().index.end() ? nullptr : &S().nodes[found->second].node;
}

}  // namespace

void SetRect(uint32_t id, ImVec2 min, ImVec2 max) {
  if (Node* node = Find(id)) node->min = min, node->max = max;
}

void SetScroll(uint32_t id, ImVec2 scroll, ImVec2 content) {
  if (Node* node = Find(id)) node->scroll = scroll, node->content = content;
}

void SetRange(uint32_t id, int64_t a, int64_t b) {
  if (Node* node = Find(id)) node->a = a, node->b = b;
}

void AddState(uint32_t id, uint32_t bits) {
  if (Node* node = Find(id)) node->state |= bits;
}

void Describe(uint32_t item_id) {
  audit::Describe(item_id);
}
int AuditProblems() {
  return audit::Problems();
}

bool TakeActivation(uint32_t id) {
  MirrorInput taken;
  return TakeKind(id, MirrorInput::Kind::kActivate, &taken);
}

bool TakeText(uint32_t id, std::string* text) {
  MirrorInput taken;
  bool any = false;
  // Several keystrokes may fall into one frame; the last one holds the whole text.
  while (TakeKind(id, MirrorInput::Kind::kText, &taken)) {
    *text = std::move(taken.text);
    any = true;
  }
  return any;
}

bool TakeSubmit(uint32_t id) {
  MirrorInput taken;
  return TakeKind(id, MirrorInput::Kind::kSubmit, &taken);
}

bool TakeScroll(uint32_t id, ImVec2* scroll) {
  MirrorInput taken;
  bool any = false;
  while (TakeKind(id, MirrorInput::Kind::kScroll, &taken)) {
    *scroll = ImVec2(taken.x, taken.y);
    any = true;
  }
  return any;
}

ImGuiKey TakeKey(uint32_t id, bool* shift) {
  MirrorInput taken;
  if (!TakeKind(id, MirrorInput::Kind::kKey, &taken)) return ImGuiKey_None;
  if (shift != nullptr) *shift = taken.shift;
  return static_cast<ImGuiKey>(taken.number);
}

ImGuiKey TakeArrow(uint32_t id) {
  MirrorInput taken;
  const auto arrow = [&](const MirrorInput& i) {
    return i.id == id && i.kind == MirrorInput::Kind::kKey && i.number != ImGuiKey_Escape;
  };
  return Take(arrow, &taken) ? static_cast<ImGuiKey>(taken.number) : ImGuiKey_None;
}

ImGuiKey TakeAnyKey() {
  MirrorInput taken;
  const auto not_escape = [](const MirrorInput& i) {
    return i.kind == MirrorInput::Kind::kKey && i.number != ImGuiKey_Escape;
  };
  return Take(not_escape, &taken) ? static_cast<ImGuiKey>(taken.number) : ImGuiKey_None;
}

bool TakeEscape() {
  MirrorInput taken;
  return Take(
      [](const MirrorInput& i) {
        return i.kind == MirrorInput::Kind::kKey && i.number == ImGuiKey_Escape;
      },
      &taken);
}

bool TakeChar(uint32_t id, std::string* text) {
  MirrorInput taken;
  if (!TakeKind(id, MirrorInput::Kind::kChar, &taken)) return false;
  *text = std::move(taken.text);
  return true;
}

bool Focused(uint32_t id) {
  return id != 0 && S().focused == id;
}
bool FocusVisible(uint32_t id) {
  return Focused(id) && S().focus_visible;
}
bool FocusLost(uint32_t id) {
  return id != 0 && S().lost == id;
}
uint32_t FocusedId() {
  return S().focused;
}

void Focus(uint32_t id) {
  S().focus_request = id;
  platform::Wake();
}

}  // namespace leadline::ui::semantics
