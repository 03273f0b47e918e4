// The same promises over TLS, against a server that ends the connection right after the request:
// the case in which cpp-httplib sends a request again.
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>

#include "server/provider/http_client.h"
#include "tests/server/provider/scripted_server.h"
#include "tests/support/temp_folder.h"

namespace leadline {
namespace {

// A certificate of its own authority for one address, written where OpenSSL looks for authorities.
class Certificate {
 public:
  explicit Certificate(const char* subject_alt_name) : key_(EVP_RSA_gen(2048)), cert_(X509_new()) {
    ASN1_INTEGER_set(X509_get_serialNumber(cert_), 1);
    X509_set_version(cert_, 2);
    X509_gmtime_adj(X509_getm_notBefore(cert_), -3600);
    X509_gmtime_adj(X509_getm_notAfter(cert_), 86400);
    X509_set_pubkey(cert_, key_);
    X509_NAME* name = X509_get_subject_name(cert_);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("test"), -1, -1, 0);
    X509_set_issuer_name(cert_, name);
    X509_EXTENSION* names =
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, subject_alt_name);
    X509_add_ext(cert_, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(cert_, key_, EVP_sha256());
    path_ = folder_.path() + "/authority.pem";
    FILE* file = std::fopen(path_.c_str(), "w");
    PEM_write_X509(file, cert_);
    std::fclose(file);
  }
  ~Certificate() {
    X509_free(cert_);
    EVP_PKEY_free(key_);
    unsetenv("SSL_CERT_FILE");
  }
  void Trust() const { setenv("SSL_CERT_FILE", path_.c_str(), 1); }
  SSL_CTX* NewServerContext() const {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(context, cert_);
    SSL_CTX_use_PrivateKey(context, key_);
    return context;
  }

 private:
  EVP_PKEY* key_;
  X509* cert_;
  TempFolder folder_;  // its own: ctest runs the cases of this file side by side
  std::string path_;
};

// Counts the request lines that arrive, in whatever connection.
class TlsServer {
 public:
  TlsServer(const Certificate& certificate, bool answer)
      : context_(certificate.NewServerContext()),
        server_([this, answer](int s) { Serve(s, answer); }) {}
  ~TlsServer() { SSL_CTX_free(context_); }
  int port() const { return server_.port(); }
  // Final: the client may be done before the server has read what it sent.
  int requests() {
    server_.Finish();
    return requests_;
  }

 private:
  void Serve(int s, bool answer) {
    SSL* ssl = SSL_new(context_);
    SSL_set_fd(ssl, s);
    // Without an answer, the end of the handshake and the end of the connection go out as one, so
    // that the client has both before it writes.
    if (!answer) {
      SSL_set_max_proto_version(ssl, TLS1_2_VERSION);
      Cork(s, 1);
    }
    if (SSL_accept(ssl) == 1) {
      if (!answer) {
        SSL_shutdown(ssl);
        Cork(s, 0);
      }
      if (ReadRequest(ssl).starts_with("POST ")) ++requests_;
      constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
      if (answer) SSL_write(ssl, kAnswer.data(), static_cast<int>(kAnswer.size()));
      SSL_shutdown(ssl);
    }
    SSL_free(ssl);
  }

  static void Cork(int s, int on) { setsockopt(s, IPPROTO_TCP, TCP_CORK, &on, sizeof on); }

  // To its body's end: an answer over unread bytes would be torn away by a reset.
  static std::string ReadRequest(SSL* ssl) {
    std::string request;
    char buffer[4096];
    while (!request.ends_with("{}")) {
      const int n = SSL_read(ssl, buffer, sizeof buffer);
      if (n <= 0) break;
      request.append(buffer, static_cast<size_t>(n));
    }
    return request;
  }

  SSL_CTX* context_;
  std::atomic<int> requests_{0};
  RawServer server_;
};

HttpRequest Create() {
  HttpRequest r;
  r.method = "POST";
  r.path = "/call";
  r.body = "{}";
  r.timeout_ms = 5000;
  return r;
}

Endpoint At(int port) {
  return *ParseEndpoint("https://127.0.0.1:" + std::to_string(port));
}

TEST(SendOnceTls, TakesACertificateForTheAddress) {
  Certificate certificate("IP:127.0.0.1");
  certificate.Trust();
  TlsServer server(certificate, true);
  const HttpReply reply = SendOnce(At(server.port()), Create());
  EXPECT_TRUE(reply.complete) << reply.problem;
  EXPECT_EQ(reply.status, 200);
}

TEST(SendOnceTls, NeverSendsAPostTwiceWhenTheServerClosesEarly) {
  Certificate certificate("IP:127.0.0.1");
  certificate.Trust();
  for (int i = 0; i < 5; ++i) {
    TlsServer server(certificate, false);
    const HttpReply reply = SendOnce(At(server.port()), Create());
    EXPECT_TRUE(reply.may_have_arrived);
    EXPECT_FALSE(reply.complete);
    EXPECT_EQ(server.requests(), 1);
  }
}

TEST(SendOnceTls, KnowsThatNothingLeftWhenTheCertificateIsForAnotherAddress) {
  Certificate certificate("IP:127.0.0.2,DNS:example.com");
  certificate.Trust();
  TlsServer server(certificate, true);
  const HttpReply reply = SendOnce(At(server.port()), Create());
  EXPECT_FALSE(reply.may_have_arrived);
  EXPECT_EQ(server.requests(), 0);
}

TEST(SendOnceTls, KnowsThatNothingLeftWhenTheAuthorityIsNotTrusted) {
  Certificate certificate("IP:127.0.0.1");
  TlsServer server(certificate, true);
  EXPECT_FALSE(SendOnce(At(server.port()), Create()).may_have_arrived);
  EXPECT_EQ(server.requests(), 0);
}

TEST(SendOnceTls, KnowsThatNothingLeftWhenTheHandshakeFails) {
  RawServer server([](int) {});
  EXPECT_FALSE(SendOnce(At(server.port()), Create()).may_have_arrived);
}

}  // namespace
}  // namespace leadline
