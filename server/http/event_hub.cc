#include "server/http/event_hub.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "common/api/envelope.h"
#include "server/http/connection.h"

namespace leadline {
namespace {

constexpr int kChangesPerPiece = 200;

std::string EventText(const ChangeEvent& event) {
  Change change = {event.id, event.at, event.kind, event.ref_id, {}};
  if (Result<Json> data = ParseJson(event.data); data.ok()) change.data = std::move(*data);
  return "id: " + std::to_string(event.id) + "\nevent: " + event.kind +
         "\ndata: " + DumpJson(ChangeJson(change)) + "\n\n";
}

std::string MarkText(const char* kind, int64_t id) {
  Change change;
  change.id = id;
  change.kind = kind;
  return "id: " + std::to_string(id) + "\nevent: " + kind +
         "\ndata: " + DumpJson(ChangeJson(change)) + "\n\n";
}

}  // namespace

EventHub::Client::~Client() {
  if (fd < 0) return;
  shutdown(fd, SHUT_RDWR);
  close(fd);
}

EventHub::EventHub(Store* store, const Options& options)
    : store_(store),
      options_(options),
      wake_fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      thread_([this] { Run(); }) {}

EventHub::~EventHub() {
  stop_ = true;
  Notify();
  thread_.join();
  close(wake_fd_);
}

void EventHub::Adopt(int fd, std::string head, int64_t after_id) {
  auto client = std::make_unique<Client>();
  client->fd = fd;
  client->out = std::move(head);
  client->cursor = after_id;
  client->moved_at = client->spoke_at = SocketNowMs();
  ++clients_count_;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    arriving_.push_back(std::move(client));
  }
  Notify();
}

void EventHub::Notify() {
  if (notified_.exchange(true)) return;
  const uint64_t one = 1;
  [[maybe_unused]] const ssize_t n = write(wake_fd_, &one, sizeof one);
}

void EventHub::Run() {
  while (!stop_) {
    TakeNew();
    std::map<int64_t, Piece> pieces;
    behind_ = false;
    for (auto& client : clients_) {
      Fill(*client, pieces);
      Send(*client);
    }
    DropGone();
    WaitForSomething();
  }
}

void EventHub::TakeNew() {
  std::vector<std::unique_ptr<Client>> fresh;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    fresh.swap(arriving_);
  }
  for (auto& client : fresh) {
    Greet(*client);
    clients_.push_back(std::move(client));
  }
}

// Says where the stream stands, so that a client that reconnects before the first change misses
// nothing.
void EventHub::Greet(Client& client) {
  const bool resumes = client.cursor >= 0;
  const Result<Store::Changes> changes = store_->ReadChanges(INT64_MAX - 1, 1);
  if (!changes.ok()) {
    client.gone = true;  // it will come again
    return;
  }
  const bool forgotten =
      resumes && (client.cursor + 1 < changes->oldest_id || client.cursor > changes->newest_id);
  if (!resumes || forgotten) client.cursor = changes->newest_id;
  client.out += "retry: 2000\n\n" + MarkText("ready", client.cursor);
  if (forgotten) client.out += MarkText("reload", client.cursor);
}

void EventHub::Fill(Client& client, std::map<int64_t, Piece>& pieces) {
  const TimeMs now = SocketNowMs();
  if (client.out.size() < options_.max_buffer_bytes) {
    if (const Piece* piece = Read(client.cursor, pieces);
        piece != nullptr && !piece->text.empty()) {
      client.out += piece->text;
      client.cursor = piece->last_id;
      client.spoke_at = now;
      behind_ = true;  // there may be more than one piece
    }
  }
  if (client.out.empty() && now - client.spoke_at >= options_.heartbeat_ms) {
    client.out += ": \n\n";
    client.spoke_at = now;
  }
}

const EventHub::Piece* EventHub::Read(int64_t after_id, std::map<int64_t, Piece>& pieces) {
  const auto known = pieces.find(after_id);
  if (known != pieces.end()) return &known->second;
  const Result<Store::Changes> changes = store_->ReadChanges(after_id, kChangesPerPiece);
  if (!changes.ok()) return nullptr;
  Piece piece;
  for (const ChangeEvent& event : changes->events) {
    piece.text += EventText(event);
    piece.last_id = event.id;
  }
  return &pieces.emplace(after_id, std::move(piece)).first->second;
}

void EventHub::Send(Client& client) {
  const TimeMs now = SocketNowMs();
  if (client.out.empty()) {
    client.moved_at = now;
    return;
  }
  const ssize_t n =
      send(client.fd, client.out.data(), client.out.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (n > 0) {
    client.out.erase(0, static_cast<size_t>(n));
    client.moved_at = now;
  } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
    client.gone = true;
  }
  if (now - client.moved_at > options_.stall_ms) client.gone = true;
}

void EventHub::DropGone() {
  const size_t before = clients_.size();
  std::erase_if(clients_, [](const auto& client) { return client->gone; });
  clients_count_ -= static_cast<int>(before - clients_.size());
}

void EventHub::WaitForSomething() {
  std::vector<pollfd> fds = {{wake_fd_, POLLIN, 0}};
  bool waiting_to_send = false;
  for (const auto& client : clients_) {
    waiting_to_send |= !client->out.empty();
    fds.push_back(
        {client->fd, static_cast<short>(client->out.empty() ? POLLIN : POLLIN | POLLOUT), 0});
  }
  const int timeout_ms = behind_ && !waiting_to_send ? 0 : options_.heartbeat_ms / 2;
  poll(fds.data(), fds.size(), timeout_ms);
  if (fds[0].revents != 0) {
    uint64_t count = 0;
    [[maybe_unused]] const ssize_t n = read(wake_fd_, &count, sizeof count);
    // One commit is seldom alone: a moment's wait makes one piece of many.
    if (!stop_) poll(nullptr, 0, options_.tick_ms);
    notified_ = false;
  }
  for (size_t i = 0; i < clients_.size(); ++i) {
    if ((fds[i + 1].revents & ~POLLOUT) == 0) continue;
    char ignored[1024];  // a client of an event stream has nothing more to say
    const ssize_t n = recv(clients_[i]->fd, ignored, sizeof ignored, MSG_DONTWAIT);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) clients_[i]->gone = true;
  }
}

}  // namespace leadline
