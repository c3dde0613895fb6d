package io.drover.agent.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The peers of an agent on one loopback port, as far as it calls them: keys of the secrets-service,
 * images of the gateway, tokens and keys of the identity provider.
 */
public final class StubPeers implements AutoCloseable {
  private static final String REALM = "/realms/drover";
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final HttpServer server;
  private final KeyPair pair;
  private final Map<String, byte[]> images = new ConcurrentHashMap<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final List<String> releases = new CopyOnWriteArrayList<>();
  private final AtomicInteger missingGrants = new AtomicInteger();

  public StubPeers() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v1/keys/", this::releaseKey);
    server.createContext("/v1/images/", this::image);
    server.createContext(REALM + "/protocol/openid-connect/certs", this::certificates);
    server.createContext(REALM + "/protocol/openid-connect/token", this::token);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public String realm() {
    return url() + REALM;
  }

  public void putImage(String id, byte[] content) {
    images.put(id, content);
  }

  public void putKey(String id, String passphrase) {
    keys.put(id, passphrase);
  }

  /** The next releases are refused as if the grant were still on its way. */
  public void withholdGrants(int times) {
    missingGrants.set(times);
  }

  /** Bodies of the release requests that were answered with a key. */
  public List<String> releases() {
    return releases;
  }

  /** An access token of somebody with this role. */
  public String token(String subject, String role) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims =
        Map.of(
            "iss",
            realm(),
            "sub",
            subject,
            "iat",
            now,
            "exp",
            now + 300,
            "realm_access",
            Map.of("roles", List.of(role)));
    String head = part(Map.of("alg", "RS256", "typ", "JWT", "kid", "test"));
    String signed = head + "." + part(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void releaseKey(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String id = exchange.getRequestURI().getPath().split("/")[3];
    boolean host =
        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
            .startsWith("Bearer ");
    if (!host || !keys.containsKey(id) || missingGrants.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      Problem problem = Problem.of(ErrorCode.NO_GRANT, "No grant yet.");
      answer(exchange, 403, "application/problem+json", ContractJson.write(problem));
      return;
    }
    releases.add(body);
    answer(exchange, 200, "application/json", ContractJson.write(Map.of("key", keys.get(id))));
  }

  private void image(HttpExchange exchange) throws IOException {
    byte[] content = images.get(exchange.getRequestURI().getPath().split("/")[3]);
    if (content == null) {
      answer(exchange, 404, "application/problem+json", new byte[] {'{', '}'});
    } else {
      answer(exchange, 200, "application/octet-stream", content);
    }
  }

  private void certificates(HttpExchange exchange) throws IOException {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    Map<String, String> jwk =
        Map.of(
            "kty", "RSA",
            "use", "sig",
            "alg", "RS256",
            "kid", "test",
            "n", number(key.getModulus()),
            "e", number(key.getPublicExponent()));
    byte[] jwks = ContractJson.write(Map.of("keys", List.of(jwk)));
    answer(exchange, 200, "application/json", jwks);
  }

  private void token(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] tokens =
        ContractJson.write(
            Map.of(
                "access_token", token("host", "host"), "token_type", "Bearer", "expires_in", 300));
    answer(exchange, 200, "application/json", tokens);
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String part(Map<String, Object> json) {
    return URL.encodeToString(ContractJson.write(json));
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return URL.encodeToString(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }
}
