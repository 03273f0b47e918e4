// The page as the tests see it: applies the mirror's changes as web/mirror.js does, finds nodes by
// role and name, and acts on them as a person would. Draw(...) runs one function as the whole
// program.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/kit.h"
#include "client/ui/semantics.h"

namespace leadline::ui {

struct PageNode {
  uint32_t id = 0;
  uint32_t parent = 0;
  Role role = Role::kNone;
  uint32_t state = 0;
  int64_t a = 0;
  int64_t b = 0;
  int x = 0, y = 0, width = 0, height = 0;
  std::string name, value, description, detail;
  std::vector<uint32_t> children;
};

class FakePage {
 public:
  FakePage();
  ~FakePage();
  FakePage(const FakePage&) = delete;
  FakePage& operator=(const FakePage&) = delete;

  // Runs frames until nothing asks for more. Returns how many.
  int Draw(const std::function<void()>& content);
  // The last content again.
  int Draw();

  // nullptr when there is no such node. Never two: the test fails then.
  const PageNode* Find(Role role, std::string_view name) const;
  int Count(Role role) const;
  std::vector<std::string> NamesInOrder(Role role) const;
  int last_changes() const { return last_changes_; }
  int audit_problems() const;

  void Activate(Role role, std::string_view name);
  void Type(Role role, std::string_view name, std::string_view text);
  void Key(Role role, std::string_view name, int key);
  void Focus(uint32_t id, bool visible = true);
  void Blur(uint32_t id);
  void ClickAt(float x, float y);

 private:
  void Apply(std::string_view changes);
  void Collect(uint32_t parent, Role role, std::vector<std::string>* names) const;

  std::map<uint32_t, PageNode> nodes_;
  int last_changes_ = 0;
};

}  // namespace leadline::ui
