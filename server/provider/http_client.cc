#include "server/provider/http_client.h"

#include <httplib.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>
#include <thread>

#include "common/base/utf8.h"

namespace leadline {
namespace {

constexpr int kConnectTimeoutMs = 10000;

// Ends a request that takes too long as a whole: the library's own time-outs are per read, so that
// a drip of bytes would hold it for ever.
class Deadline {
 public:
  Deadline(httplib::ClientImpl* client, int timeout_ms)
      : thread_([this, client, timeout_ms] {
          std::unique_lock<std::mutex> lock(mutex_);
          const auto limit = std::chrono::milliseconds(timeout_ms);
          if (!done_.wait_for(lock, limit, [this] { return over_; })) client->stop();
        }) {}
  ~Deadline() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      over_ = true;
    }
    done_.notify_one();
    thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable done_;
  bool over_ = false;
  std::thread thread_;
};

bool NameMatches(X509* certificate, const std::string& host) {
  return X509_check_host(certificate, host.c_str(), host.size(), 0, nullptr) == 1 ||
         X509_check_ip_asc(certificate, host.c_str(), 0) == 1;
}

bool CertificateIsGood(SSL* ssl, const std::string& host) {
  if (SSL_get_verify_result(ssl) != X509_V_OK) return false;
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(ssl),
                                                                X509_free);
  return certificate != nullptr && NameMatches(certificate.get(), host);
}

const char* Words(httplib::Error error) {
  switch (error) {
    case httplib::Error::Connection:
      return "the connection could not be opened";
    case httplib::Error::ConnectionTimeout:
      return "the connection timed out";
    case httplib::Error::SSLConnection:
      return "the TLS handshake failed";
    case httplib::Error::SSLLoadingCerts:
      return "this machine's list of certificate authorities cannot be read";
    case httplib::Error::SSLServerVerification:
      return "the server's certificate is not valid for this address";
    case httplib::Error::Canceled:
      return "the answer was larger than allowed";
    default:
      return "the connection broke, or no answer came in time";
  }
}

bool FailedBeforeSending(httplib::Error error) {
  return error == httplib::Error::Connection || error == httplib::Error::ConnectionTimeout ||
         error == httplib::Error::BindIPAddress;
}

httplib::Request ToLibrary(const Endpoint& endpoint, const HttpRequest& request, HttpReply* reply) {
  httplib::Request r;
  r.method = request.method;
  r.path = endpoint.prefix + request.path;
  r.headers = {{"Host", endpoint.HostHeader()},
               {"Accept", "application/json"},
               {"User-Agent", "Leadline/0.1"}};
  if (!request.bearer_key.empty()) {
    r.headers.emplace("Authorization", "Bearer " + request.bearer_key);
  }
  if (!request.body.empty()) r.headers.emplace("Content-Type", "application/json");
  r.body = request.body;
  r.response_handler = [reply](const httplib::Response& response) {
    reply->status = response.status;
    for (const auto& [name, value] : response.headers) {
      reply->headers.emplace(AsciiLower(name), value);
    }
    return true;
  };
  r.content_receiver = [reply, limit = request.max_reply_bytes](const char* data, size_t size,
                                                                uint64_t, uint64_t) {
    if (reply->body.size() + size > limit) return false;
    reply->body.append(data, size);
    return true;
  };
  return r;
}

// The library sends a request a second time when TLS closes right after the first
// (ClientImpl::send); a certificate is accepted only once, so that no byte can follow on a second
// connection. `tls_ready` tells that the first one was accepted.
std::unique_ptr<httplib::ClientImpl> MakeClient(const Endpoint& endpoint, bool* tls_ready) {
  if (!endpoint.tls) return std::make_unique<httplib::ClientImpl>(endpoint.host, endpoint.port);
  auto client = std::make_unique<httplib::SSLClient>(endpoint.host, endpoint.port);
  client->set_server_certificate_verifier([tls_ready, host = endpoint.host](SSL* ssl) {
    if (*tls_ready) return false;
    *tls_ready = CertificateIsGood(ssl, host);
    return *tls_ready;
  });
  return client;
}

}  // namespace

HttpReply SendOnce(const Endpoint& endpoint, const HttpRequest& request) {
  // OpenSSL writes to its socket without MSG_NOSIGNAL: a reset must end the request, not the
  // process.
  [[maybe_unused]] static const auto before = std::signal(SIGPIPE, SIG_IGN);
  HttpReply reply;
  bool tls_ready = false;
  const auto client = MakeClient(endpoint, &tls_ready);
  const auto timeout = std::chrono::milliseconds(request.timeout_ms);
  client->set_connection_timeout(
      std::chrono::milliseconds(std::min(request.timeout_ms, kConnectTimeoutMs)));
  client->set_read_timeout(timeout);
  client->set_write_timeout(timeout);
  client->set_keep_alive(false);
  client->set_follow_location(false);
  client->set_url_encode(false);
  httplib::Request wire = ToLibrary(endpoint, request, &reply);
  httplib::Response response;
  httplib::Error error = httplib::Error::Success;
  {
    const Deadline deadline(client.get(), request.timeout_ms);
    reply.complete = client->send(wire, response, error);
  }
  reply.may_have_arrived = endpoint.tls ? tls_ready : reply.complete || !FailedBeforeSending(error);
  // A 204 has no body, and the library then asks no handler.
  if (reply.complete && reply.status == 0) reply.status = response.status;
  if (!reply.complete) reply.problem = Words(error);
  return reply;
}

}  // namespace leadline
