// A list of any length of which the server gives pages by cursor, seen as rows that can be asked
// for by number. Rows that are not here yet are placeholders; the page that the screen needs is
// fetched, and, when the user jumped far ahead, the cursors of the pages between are fetched on the
// way.
//
// Memory: at most kKeptPages pages of rows, those used last; and one cursor per page passed.
// T needs a member `id`. One thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/status.h"

namespace leadline {

template <typename T>
class PagedList {
 public:
  static constexpr int64_t kPageRows = 200;
  static constexpr size_t kKeptPages = 30;

  struct Request {
    int64_t page = 0;
    std::string cursor;
  };

  // Rows that match, -1 before the first answer.
  int64_t total() const { return total_; }
  bool known() const { return total_ >= 0; }
  bool loading() const { return request_ != 0; }
  const Status& error() const { return error_; }

  // The row, or nullptr while it is a placeholder.
  const T* Row(int64_t row) const {
    const auto it = pages_.find(row / kPageRows);
    if (it == pages_.end()) return nullptr;
    const size_t at = static_cast<size_t>(row % kPageRows);
    return at < it->second.rows.size() ? &it->second.rows[at] : nullptr;
  }
  T* Find(int64_t id) {
    for (auto& [page, content] : pages_) {
      for (T& row : content.rows) {
        if (row.id == id) return &row;
      }
    }
    return nullptr;
  }
  // -1 when the row of this id is not here.
  int64_t IndexOf(int64_t id) const {
    for (const auto& [page, content] : pages_) {
      for (size_t i = 0; i < content.rows.size(); ++i) {
        if (content.rows[i].id == id) return page * kPageRows + static_cast<int64_t>(i);
      }
    }
    return -1;
  }

  // The rows on screen, inclusive.
  bool Shows(int64_t first, int64_t last) const { return first == first_ && last == last_; }
  void Show(int64_t first, int64_t last) {
    first_ = std::max<int64_t>(0, first);
    last_ = std::max(first_, last);
  }

  // The next page to ask for, when one is needed and none is under way.
  std::optional<Request> Needed() const {
    if (request_ != 0 || !error_.ok()) return std::nullopt;
    if (total_ < 0) return Request{0, ""};
    const int64_t last = std::min(last_, total_ - 1);
    for (int64_t page = first_ / kPageRows; page <= last / kPageRows; ++page) {
      const auto it = pages_.find(page);
      if (it != pages_.end() && !it->second.stale) continue;
      // Walk on from the last cursor that is known.
      const int64_t reachable = std::min(page, static_cast<int64_t>(cursors_.size()) - 1);
      return Request{reachable, cursors_[static_cast<size_t>(reachable)]};
    }
    return std::nullopt;
  }
  void Start(int request, int64_t page) {
    request_ = request;
    page_ = page;
  }

  // False, and nothing changes, when `request` is not the one under way.
  bool Finish(int request, std::vector<T> rows, const std::string& next_cursor, int64_t total) {
    if (request == 0 || request != request_) return false;
    request_ = 0;
    total_ = total;
    Page& page = pages_[page_];
    const bool moved = !page.rows.empty() && page.next_cursor != next_cursor;
    page = {std::move(rows), next_cursor, ++clock_, false};
    KeepCursor(page_ + 1, next_cursor, moved);
    Evict();
    return true;
  }
  bool Fail(int request, const Status& error) {
    if (request == 0 || request != request_) return false;
    request_ = 0;
    error_ = error;
    return true;
  }

  // What is on screen is fetched again; it stays visible meanwhile. The rest is forgotten.
  void Invalidate() {
    error_ = Status();
    const int64_t first = first_ / kPageRows;
    const int64_t last = last_ / kPageRows;
    for (auto it = pages_.begin(); it != pages_.end();) {
      if (it->first < first || it->first > last) {
        it = pages_.erase(it);
      } else {
        it->second.stale = true;
        ++it;
      }
    }
    // An answer under way may be older than the change: it is dropped.
    request_ = 0;
  }
  // Another query. The old rows are gone at once: they would not match.
  void Reset() { *this = PagedList(); }

 private:
  struct Page {
    std::vector<T> rows;
    std::string next_cursor;
    uint64_t used = 0;
    bool stale = false;
  };

  // When a page's end moved, the pages after it begin elsewhere now.
  void KeepCursor(int64_t page, const std::string& cursor, bool moved) {
    const size_t at = static_cast<size_t>(page);
    if (moved || cursor.empty()) cursors_.resize(std::min(cursors_.size(), at));
    if (moved) pages_.erase(pages_.upper_bound(page - 1), pages_.end());
    if (cursor.empty()) return;
    if (cursors_.size() <= at) {
      cursors_.resize(at + 1);
    }
    cursors_[at] = cursor;
  }
  void Evict() {
    while (pages_.size() > kKeptPages) {
      auto oldest = pages_.begin();
      for (auto it = pages_.begin(); it != pages_.end(); ++it) {
        const bool shown = it->first >= first_ / kPageRows && it->first <= last_ / kPageRows;
        if (!shown && it->second.used < oldest->second.used) oldest = it;
      }
      pages_.erase(oldest);
    }
  }

  int64_t total_ = -1;
  int64_t first_ = 0;
  int64_t last_ = 0;
  std::map<int64_t, Page> pages_;
  std::vector<std::string> cursors_ = {""};  // of page i; the first is ""
  int request_ = 0;
  int64_t page_ = 0;
  uint64_t clock_ = 0;
  Status error_;
};

}  // namespace leadline
