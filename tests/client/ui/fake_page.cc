#include "tests/client/ui/fake_page.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "client/platform/native.h"
#include "client/ui/audit.h"
#include "imgui.h"

namespace leadline::ui {
namespace {

std::function<void()> g_content;

std::vector<std::string> Split(std::string_view text, char end) {
  std::vector<std::string> parts;
  for (size_t at = 0; at < text.size();) {
    const size_t next = text.find(end, at);
    parts.emplace_back(text.substr(at, next - at));
    at = next + 1;
  }
  return parts;
}

uint32_t Id(const std::string& text) {
  return static_cast<uint32_t>(std::strtoul(text.c_str(), nullptr, 10));
}

void DrawContent() {
  BeginFrame();
  BeginShell({}, "test");
  g_content();
  EndShell();
  EndFrame();
}

}  // namespace

FakePage::FakePage() {
  platform::ResetNative();
  platform::Run({.prepare = PrepareFrame, .draw = DrawContent});
  semantics::ForgetPage();
  audit::Forget();
  Draw([] {});
}

FakePage::~FakePage() {
  Draw([] {});
}

int FakePage::Draw(const std::function<void()>& content) {
  g_content = content;
  return Draw();
}

int FakePage::Draw() {
  last_changes_ = 0;
  int frames = 0;
  do {
    platform::RunFrames(1);
    Apply(platform::TheNative().mirror);
  } while (++frames < 8 && platform::TheNative().wanted_frames > 0);
  return frames;
}

void FakePage::Apply(std::string_view changes) {
  for (const std::string& record : Split(changes, '\x1e')) {
    ++last_changes_;
    const std::vector<std::string> f = Split(record, '\x1f');
    if (f[0] == "-") {
      nodes_.erase(Id(f[1]));
    } else if (f[0] == "o") {
      PageNode& parent = nodes_[Id(f[1])];
      parent.children.clear();
      for (size_t i = 2; i < f.size(); ++i) parent.children.push_back(Id(f[i]));
    } else {
      PageNode& node = nodes_[Id(f[1])];
      node.id = Id(f[1]);
      node.parent = Id(f[2]);
      node.role = static_cast<Role>(Id(f[4]));
      node.state = Id(f[5]);
      node.a = std::atoll(f[6].c_str());
      node.b = std::atoll(f[7].c_str());
      node.x = std::atoi(f[8].c_str());
      node.y = std::atoi(f[9].c_str());
      node.width = std::atoi(f[10].c_str());
      node.height = std::atoi(f[11].c_str());
      node.name = f[16];
      node.value = f[17];
      node.description = f[18];
      node.detail = f[19];
    }
  }
}

const PageNode* FakePage::Find(Role role, std::string_view name) const {
  const PageNode* found = nullptr;
  for (const auto& [id, node] : nodes_) {
    if (id == 0 || node.role != role || node.name != name) continue;
    EXPECT_EQ(found, nullptr) << "two nodes are called " << name;
    found = &node;
  }
  return found;
}

int FakePage::Count(Role role) const {
  int count = 0;
  for (const auto& [id, node] : nodes_) count += id != 0 && node.role == role;
  return count;
}

void FakePage::Collect(uint32_t parent, Role role, std::vector<std::string>* names) const {
  const auto found = nodes_.find(parent);
  if (found == nodes_.end()) return;
  for (const uint32_t child : found->second.children) {
    const auto node = nodes_.find(child);
    if (node != nodes_.end() && node->second.role == role) names->push_back(node->second.name);
    Collect(child, role, names);
  }
}

std::vector<std::string> FakePage::NamesInOrder(Role role) const {
  std::vector<std::string> names;
  Collect(0, role, &names);
  return names;
}

int FakePage::audit_problems() const {
  return static_cast<int>(platform::TheNative().audit.size());
}

namespace {

void Send(const PageNode* node, platform::MirrorInput input) {
  ASSERT_NE(node, nullptr);
  input.id = node->id;
  platform::TheNative().input.push_back(std::move(input));
}

}  // namespace

void FakePage::Activate(Role role, std::string_view name) {
  Send(Find(role, name), {.kind = platform::MirrorInput::Kind::kActivate});
  Draw();
}

void FakePage::Type(Role role, std::string_view name, std::string_view text) {
  Send(Find(role, name), {.kind = platform::MirrorInput::Kind::kText, .text = std::string(text)});
  Draw();
}

void FakePage::Key(Role role, std::string_view name, int key) {
  Send(Find(role, name), {.kind = platform::MirrorInput::Kind::kKey, .number = key});
  Draw();
}

void FakePage::Focus(uint32_t id, bool visible) {
  platform::TheNative().input.push_back(
      {.kind = platform::MirrorInput::Kind::kFocus, .id = id, .number = visible ? 1 : 0});
  Draw();
}

void FakePage::Blur(uint32_t id) {
  platform::TheNative().input.push_back({.kind = platform::MirrorInput::Kind::kBlur, .id = id});
  Draw();
}

void FakePage::ClickAt(float x, float y) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(x, y);
  Draw();
  io.AddMouseButtonEvent(0, true);
  Draw();
  io.AddMouseButtonEvent(0, false);
  Draw();
}

}  // namespace leadline::ui
