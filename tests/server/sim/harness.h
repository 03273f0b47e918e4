// What the simulator's tests share: a running simulator, a catcher of its webhooks, and bodies that
// it accepts. Nothing here sleeps: waiting is for a webhook or an answer, with a deadline that
// fails the test.
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/base/json.h"
#include "server/provider/sim/simulator.h"

namespace leadline {

inline constexpr char kAssistant[] = "11111111-1111-4111-8111-111111111111";
// Numbers with a script: docs/provider-sim.md.
inline const std::string kAnswers = "+14155550001";
inline const std::string kNever = "+14155550002";
inline const std::string kVoicemail = "+14155550004";

inline constexpr char kPhoneNumber[] = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

struct Caught {
  std::string path;
  httplib::Headers headers;
  std::string raw;
  Json body;

  std::string Header(const std::string& name) const;
  // Vapi: "status-update:ringing", "end-of-call-report"; Retell: "call_ended".
  std::string Event() const;
  std::string CallId() const;
};

// A web server on loopback that takes webhooks.
class Catcher {
 public:
  Catcher();
  ~Catcher();

  std::string Url(const std::string& path = "/hook") const;
  // What the next requests are answered with, one each; then 204.
  void AnswerWith(std::vector<int> statuses);
  // The first `count` that `matches`, waiting for them at most 20 s; fewer when they do not come.
  std::vector<Caught> Await(size_t count, const std::function<bool(const Caught&)>& matches);
  std::vector<Caught> AwaitEvent(const std::string& event, size_t count = 1);
  // The events of one call so far, in order of arrival.
  std::vector<std::string> EventsOf(const std::string& call_id);

 private:
  httplib::Server server_;
  int port_ = 0;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Caught> caught_;
  std::vector<int> statuses_;
};

struct Answer {
  int status = 0;  // 0: no answer came
  std::string text;
  Json body;  // null when the text is not JSON
  httplib::Headers headers;

  // Vapi's "id" or Retell's "call_id".
  std::string CallId() const;
};

class Sim {
 public:
  explicit Sim(SimOptions options = Fast());
  // A thousand times faster than life, on a free port.
  static SimOptions Fast();

  Answer Send(const std::string& method, const std::string& path, const Json& body = nullptr,
              const httplib::Headers& headers = {{"Authorization", "Bearer key_test"}});
  Answer Get(const std::string& path) { return Send("GET", path); }
  Answer Post(const std::string& path, const Json& body) { return Send("POST", path, body); }
  void Configure(const Json& patch);
  // The ring log's items for one number.
  std::vector<Json> Rings(const std::string& number);
  Simulator& simulator() { return *simulator_; }

 private:
  std::unique_ptr<Simulator> simulator_;
};

// Accepted by the simulator as they are; tests change what they are about.
Json VapiCallBody(const std::string& number, const std::string& webhook_url = "");
Json RetellCallBody(const std::string& number, const std::string& webhook_url = "");

}  // namespace leadline
