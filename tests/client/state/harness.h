// A Model with a server that is played by the test: requests are read from the effects, answers
// given by hand.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/state/update.h"

namespace leadline {

class Harness {
 public:
  explicit Harness(std::string_view hash = "/home") {
    model.Start(hash, now);
    Collect();
  }

  // The newest request that has not been answered and whose method and path begin like this.
  const HttpEffect* Find(std::string_view method, std::string_view path) {
    Collect();
    for (auto it = open.rbegin(); it != open.rend(); ++it) {
      if (it->method == method && std::string_view(it->path).substr(0, path.size()) == path) {
        return &*it;
      }
    }
    return nullptr;
  }
  // Answers it. False when there is none.
  bool Answer(std::string_view method, std::string_view path, int status, std::string body) {
    const HttpEffect* found = Find(method, path);
    if (found == nullptr) return false;
    const int id = found->id;
    std::erase_if(open, [id](const HttpEffect& e) { return e.id == id; });
    model.OnReply({id, status, std::move(body)});
    Collect();
    return true;
  }
  void Pass(TimeMs ms) {
    now += ms;
    model.Tick(now);
    Collect();
  }
  template <typename Command>
  void Do(const Command& command) {
    model.Apply(command);
    Collect();
  }
  // The newest effect of a kind, nullptr when none came.
  template <typename T>
  const T* Last() {
    Collect();
    for (auto it = effects.rbegin(); it != effects.rend(); ++it) {
      if (const T* found = std::get_if<T>(&*it)) return found;
    }
    return nullptr;
  }
  const AppState& state() const { return model.state(); }

  TimeMs now = 1772470800000;  // 2026-03-02T17:00:00Z
  Model model;
  std::vector<HttpEffect> open;  // unanswered requests, oldest first
  Effects effects;               // all so far

 private:
  void Collect() {
    for (Effect& effect : model.TakeEffects()) {
      if (const auto* http = std::get_if<HttpEffect>(&effect)) open.push_back(*http);
      effects.push_back(std::move(effect));
    }
  }
};

inline std::string LeadBody(int64_t id, int64_t version, std::string_view status = "created",
                            std::string_view name = "Sarah Johnson") {
  return R"({"id":)" + std::to_string(id) + R"(,"version":)" + std::to_string(version) +
         R"(,"campaign_id":1,"name":")" + std::string(name) +
         R"(","phone":"+14155551234","email":"sarah@example.com","status":")" +
         std::string(status) +
         R"(","attempts":1,"max_attempts":3,"variables":{"budget":"10k","city":"Rome"},"contacts":[]})";
}
inline std::string PageBody(const std::vector<std::string>& items, std::string_view cursor,
                            int64_t total) {
  std::string body = R"({"items":[)";
  for (size_t i = 0; i < items.size(); ++i) body += (i == 0 ? "" : ",") + items[i];
  return body + R"(],"next_cursor":)" +
         (cursor.empty() ? "null" : "\"" + std::string(cursor) + "\"") + R"(,"total":)" +
         std::to_string(total) + "}";
}

}  // namespace leadline
