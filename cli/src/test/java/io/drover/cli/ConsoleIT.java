package io.drover.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console over a WebSocket that a few lines of this test speak (RFC 6455). */
@Timeout(30)
class ConsoleIT {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int BINARY = 0x82;
  private static final int CLOSE = 0x88;

  @TempDir Path folder;
  private ServerSocket server;

  /** What the guest's side does once the console is open. */
  interface Guest {
    void talk(DataInputStream in, OutputStream out) throws IOException;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private CompletableFuture<String> serve(Guest guest) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Socket socket = server.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String head = head(in);
            String key = head.replaceAll("(?is).*sec-websocket-key: *(\\S+).*", "$1");
            byte[] sha = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(UTF_8));
            OutputStream out = socket.getOutputStream();
            out.write(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(sha)
                        + "\r\n\r\n")
                    .getBytes(US_ASCII));
            guest.talk(in, out);
            // A socket closed before both sides' close frames is a broken connection (RFC 6455,
            // 7.1).
            awaitClose(in);
            return head;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  private static void send(OutputStream out, int kind, byte[] payload) throws IOException {
    out.write(kind);
    out.write(payload.length);
    out.write(payload);
    out.flush();
  }

  private static void awaitClose(DataInputStream in) throws IOException {
    int kind = in.readUnsignedByte();
    while (kind != CLOSE) {
      payload(in);
      kind = in.readUnsignedByte();
    }
  }

  private static String read(DataInputStream in) throws IOException {
    in.readUnsignedByte();
    return payload(in);
  }

  /** The rest of a client's frame of fewer than 126 bytes, unmasked. */
  private static String payload(DataInputStream in) throws IOException {
    byte[] mask = new byte[4];
    byte[] payload = new byte[in.readUnsignedByte() & 0x7f];
    in.readFully(mask);
    in.readFully(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new String(payload, UTF_8);
  }

  private Invocation invocation() {
    return new Invocation(folder)
        .with("DROVER_SERVER", "http://127.0.0.1:" + server.getLocalPort())
        .with("DROVER_TOKEN", "token-1")
        .with("DROVER_PROJECT", "demo");
  }

  @Test
  void inputGoesToTheGuestAndItsBytesComeBackUntilTheServerCloses() throws Exception {
    CompletableFuture<String> served =
        serve(
            (in, out) -> {
              String typed = read(in);
              send(out, BINARY, ("echo " + typed).getBytes(UTF_8));
              send(out, CLOSE, new byte[] {3, (byte) 0xe8});
            });

    Invocation.Result result = invocation().input("ls\n").run("domain", "console", "web");

    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out()).isEqualTo("echo ls\n");
    assertThat(served.get(5, TimeUnit.SECONDS))
        .startsWith("GET /v1/projects/demo/domains/web/console HTTP/1.1")
        .contains("Authorization: Bearer token-1");
  }

  @Test
  void aConsoleWhoseLoginEndedIsNotContinuedWithTheSameToken() {
    serve(
        (in, out) -> {
          send(out, BINARY, "login: ".getBytes(UTF_8));
          send(out, CLOSE, new byte[] {0x11, 0x31});
        });

    Invocation.Result result = invocation().input("").run("domain", "console", "web");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("The login of this console has ended");
  }

  @Test
  void aConsoleIsContinuedWithTheNextTokenOfTheLogin() throws Exception {
    try (FakeGateway issuer = new FakeGateway()) {
      String realm = issuer.url() + "/realm";
      issuer
          .on(
              "GET /.well-known/oauth-protected-resource",
              200,
              "{\"resource\":\"x\",\"authorization_servers\":[\"" + realm + "\"]}")
          .on(
              "GET /realm/.well-known/openid-configuration",
              200,
              "{\"token_endpoint\":\"" + realm + "/token\"}")
          .on("GET /v1/projects?pageSize=200", 200, "{\"items\":[]}")
          .on("POST /realm/token", 200, tokens("access-1"))
          .on("POST /realm/token", 200, tokens("access-2"));
      Invocation.at(issuer, folder)
          .without("DROVER_TOKEN")
          .input("secret\n")
          .run("login", "-u", "demo", "--password-stdin");
      Path session = folder.resolve(".config/drover/session.json");
      String here = "http://127.0.0.1:" + server.getLocalPort();
      Files.writeString(
          session,
          Files.readString(session).replace("\"" + issuer.url() + "\"", "\"" + here + "\""));

      CompletableFuture<CompletableFuture<String>> second = new CompletableFuture<>();
      CompletableFuture<String> first =
          serve(
              (in, out) -> {
                send(out, BINARY, "half a".getBytes(UTF_8));
                second.complete(
                    serve((more, back) -> send(back, BINARY, " line READY".getBytes(UTF_8))));
                send(out, CLOSE, new byte[] {0x11, 0x31});
              });
      Invocation.Result result =
          invocation()
              .without("DROVER_TOKEN")
              .run("domain", "console", "web", "--until", "a line READY", "--timeout", "20");

      assertThat(result.err()).isEmpty();
      assertThat(result.out()).startsWith("half a line READY");
      assertThat(first.get(5, TimeUnit.SECONDS)).contains("Bearer access-1");
      assertThat(second.get(5, TimeUnit.SECONDS).get(5, TimeUnit.SECONDS))
          .startsWith("GET /v1/projects/demo/domains/web/console?tail=no HTTP/1.1")
          .contains("Bearer access-2");
    }
  }

  private static String tokens(String access) {
    return "{\"access_token\":\"%s\",\"refresh_token\":\"r\",\"expires_in\":900}".formatted(access);
  }

  @Test
  void aConnectionThatBreaksSaysThatTheGuestRunsOn() {
    serve(
        (in, out) -> {
          throw new EOFException("unplugged");
        });

    Invocation.Result result = invocation().input("").run("domain", "console", "web");

    assertThat(result.status()).isEqualTo(7);
    assertThat(result.err())
        .contains("The connection to the console broke")
        .contains("The guest runs on");
  }

  @Test
  void untilEndsAtTheTextEvenWhenItComesInPieces() {
    serve(
        (in, out) -> {
          send(out, BINARY, "booting... REA".getBytes(UTF_8));
          send(out, BINARY, "DY now".getBytes(UTF_8));
        });

    Invocation.Result result =
        invocation().run("domain", "console", "web", "--until", "READY", "--timeout", "10");

    assertThat(result.status()).isZero();
    assertThat(result.out()).startsWith("booting... READY");
  }

  @Test
  void aTextThatIsNotWrittenInTimeExitsWithTen() {
    serve((in, out) -> {});

    Invocation.Result result =
        invocation().run("domain", "console", "web", "--until", "READY", "--timeout", "1");

    assertThat(result.status()).isEqualTo(10);
  }

  @Test
  void aRefusedConsoleHasTheExitCodeOfItsStatus() throws IOException {
    server.close();
    try (FakeGateway gateway = new FakeGateway()) {
      gateway.on("GET /v1/projects/demo/domains/web/console", 409, "{}");

      assertThat(Invocation.at(gateway, folder).run("domain", "console", "web").status())
          .isEqualTo(6);
    }
  }
}
