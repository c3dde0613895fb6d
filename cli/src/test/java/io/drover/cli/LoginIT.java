package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, staying so, and logging out, against a small OpenID Connect issuer. */
class LoginIT {
  private static final String TOKEN = "POST /realm/token";

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();

  @BeforeEach
  void issuer() {
    String realm = gateway.url() + "/realm";
    gateway
        .on(
            "GET /.well-known/oauth-protected-resource",
            200,
            "{\"resource\":\"x\",\"authorization_servers\":[\"" + realm + "\"]}")
        .on(
            "GET /realm/.well-known/openid-configuration",
            200,
            """
            {"token_endpoint":"%1$s/token","revocation_endpoint":"%1$s/revoke",
             "device_authorization_endpoint":"%1$s/device"}"""
                .formatted(realm))
        .on("GET /v1/projects?pageSize=200", 200, "{\"items\":[]}");
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Invocation invocation() {
    return Invocation.at(gateway, folder).without("DROVER_TOKEN");
  }

  private Path session() {
    return folder.resolve(".config/drover/session.json");
  }

  private static String tokens(String access, String refresh, int seconds) {
    return "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":%d}"
        .formatted(access, refresh, seconds);
  }

  private Invocation.Result login() {
    return invocation().input("p&ss wörd\n").run("login", "-u", "demo", "--password-stdin");
  }

  @Test
  void aPasswordFromStandardInputGivesASessionThatOnlyItsOwnerReads() throws IOException {
    gateway.on(TOKEN, 200, tokens("access-1", "refresh-1", 900));

    Invocation.Result result = login();

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("Logged in at " + gateway.url() + " as demo.\n");
    FakeGateway.Asked asked = gateway.asked().get(gateway.asked().size() - 1);
    assertThat(asked.body())
        .isEqualTo(
            "grant_type=password&client_id=drover-cli&scope=openid&username=demo"
                + "&password=%70%26%73%73%20%77%C3%B6%72%64");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(session())).contains("access-1").doesNotContain("rd");
  }

  @Test
  void theStoredLoginIsUsedAndItsServerRemembered() {
    gateway.on(TOKEN, 200, tokens("access-1", "refresh-1", 900));
    login();

    Invocation.Result result = invocation().without("DROVER_SERVER").run("project", "list");

    assertThat(result.status()).isZero();
    FakeGateway.Asked asked = gateway.asked().get(gateway.asked().size() - 1);
    assertThat(asked.header("Authorization")).contains("Bearer access-1");
  }

  @Test
  void aTokenThatHasEndedIsRenewedBeforeItIsUsed() {
    gateway
        .on(TOKEN, 200, tokens("access-1", "refresh-1", 5))
        .on(TOKEN, 200, tokens("access-2", "refresh-2", 900));
    login();

    assertThat(invocation().run("project", "list").status()).isZero();

    FakeGateway.Asked renewal = gateway.asked().get(gateway.asked().size() - 2);
    assertThat(renewal.body())
        .isEqualTo("grant_type=refresh_token&client_id=drover-cli&refresh_token=refresh-1");
    FakeGateway.Asked asked = gateway.asked().get(gateway.asked().size() - 1);
    assertThat(asked.header("Authorization")).contains("Bearer access-2");
  }

  @Test
  void aTokenThatTheServerRefusesIsRenewedOnce() {
    gateway
        .on(TOKEN, 200, tokens("access-1", "refresh-1", 900))
        .on(TOKEN, 200, tokens("access-2", "refresh-2", 900))
        .on("GET /v1/images?pageSize=200", 401, "")
        .on("GET /v1/images?pageSize=200", 200, "{\"items\":[]}");
    login();

    assertThat(invocation().run("image", "list").status()).isZero();
  }

  @Test
  void aLoginThatCannotBeRenewedExitsWithThree() {
    gateway
        .on(TOKEN, 200, tokens("access-1", "refresh-1", 5))
        .on(TOKEN, 400, "{\"error\":\"invalid_grant\"}");
    login();

    Invocation.Result result = invocation().run("project", "list");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("has ended", "Run: drover login");
  }

  @Test
  void aWrongPasswordIsASentenceAndLeavesNoFile() {
    gateway.on(
        TOKEN,
        401,
        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid user credentials\"}");

    Invocation.Result result = login();

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("Invalid user credentials").doesNotContain("wörd");
    assertThat(session()).doesNotExist();
  }

  @Test
  void aLoginServerThatTakesNoPasswordsIsLoggedInAtByABrowser() {
    gateway.on(
        TOKEN,
        400,
        "{\"error\":\"unauthorized_client\","
            + "\"error_description\":\"Client not allowed for direct access grants\"}");

    Invocation.Result result = login();

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("drover login --device");
  }

  @Test
  void aSessionThatOthersCanReadIsRefused() throws IOException {
    gateway.on(TOKEN, 200, tokens("access-1", "refresh-1", 900));
    login();
    Files.setPosixFilePermissions(session(), PosixFilePermissions.fromString("rw-r--r--"));

    Invocation.Result result = invocation().run("project", "list");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("can be read by others").doesNotContain("access-1");
  }

  @Test
  void theDeviceFlowShowsTheCodeAndAsksUntilItIsConfirmed() {
    gateway
        .on(
            "POST /realm/device",
            200,
            """
            {"device_code":"dc","user_code":"WDJB-MJHT","verification_uri":"https://x/device",
             "expires_in":60,"interval":1}""")
        .on(TOKEN, 400, "{\"error\":\"authorization_pending\"}")
        .on(TOKEN, 200, tokens("access-1", "refresh-1", 900));

    Invocation.Result result = invocation().run("login", "--device");

    assertThat(result.status()).isZero();
    assertThat(result.err()).contains("https://x/device", "WDJB-MJHT");
    assertThat(session()).exists();
  }

  @Test
  void loggingOutEndsTheLoginAtTheIssuerToo() {
    gateway.on(TOKEN, 200, tokens("access-1", "refresh-1", 900)).on("POST /realm/revoke", 200, "");
    login();

    Invocation.Result result = invocation().run("logout");

    assertThat(result.err()).isEmpty();
    assertThat(session()).doesNotExist();
    assertThat(gateway.asked().get(gateway.asked().size() - 1).body()).contains("token=refresh-1");
  }

  @Test
  void anIssuerInClearTextElsewhereIsRefused() {
    Invocation.Result result =
        invocation()
            .input("x\n")
            .run("login", "-u", "d", "--password-stdin", "--oidc-url", "http://id.example.org/r");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("clear text");
  }

  private void suiteOfThisMachine(String permissions) throws IOException {
    Path logins = folder.resolve("logins.properties");
    Files.writeString(logins, "alice=of alice\nolga=of olga\n");
    Path config = folder.resolve(".config/drover");
    Files.createDirectories(config);
    Path file = config.resolve("standalone.json");
    Files.writeString(
        file,
        """
        {"server":"%s","issuer":"%s/realm","data":"/d","logins":"%s"}"""
            .formatted(gateway.url(), gateway.url(), logins));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(logins, PosixFilePermissions.fromString(permissions));
  }

  private Invocation atHome() {
    return invocation().without("DROVER_SERVER");
  }

  @Test
  void aDemoUserOfTheSuiteOfThisMachineLogsInByNameAlone() throws IOException {
    suiteOfThisMachine("rw-------");
    gateway.on(TOKEN, 200, tokens("access-1", "refresh-1", 900));

    Invocation.Result result = atHome().run("login", "alice");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("Logged in at " + gateway.url() + " as alice.\n");
    assertThat(gateway.asked().get(gateway.asked().size() - 1).body())
        .contains("username=alice&password=%6F%66%20%61%6C%69%63%65");
  }

  @Test
  void aPasswordFileThatOthersCanReadIsNotUsed() throws IOException {
    suiteOfThisMachine("rw-r--r--");

    Invocation.Result result = atHome().run("login", "alice");

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("logins.properties", "can be read by others", "./run");
    assertThat(gateway.asked()).isEmpty();
  }

  @Test
  void aUserWhomTheSuiteDoesNotKnowIsAskedForAPasswordWithAnExampleWhenNobodyIsThere()
      throws IOException {
    suiteOfThisMachine("rw-------");

    Invocation.Result result =
        atHome().with("DROVER_SERVER", gateway.url()).run("login", "mallory");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains(
            "no terminal to ask for the password of mallory",
            "passwords of alice, olga",
            "drover login alice",
            "--password-stdin <");
  }

  @Test
  void withoutASuiteAndWithoutATerminalAnExampleSaysWhatToDo() {
    Invocation.Result result = atHome().with("DROVER_SERVER", gateway.url()).run("login");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains("no terminal to ask for a user name", "./run", "drover login alice");
  }

  @Test
  void aServerThatIsNamedIsNotSentThePasswordOfTheSuiteOfThisMachine() throws IOException {
    suiteOfThisMachine("rw-------");

    Invocation.Result result =
        atHome()
            .with("DROVER_SERVER", "https://cloud.example.org")
            .with("DROVER_OIDC_URL", "https://id.example.org/r")
            .run("login", "alice");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("no terminal to ask for the password of alice");
    assertThat(gateway.asked()).isEmpty();
  }
}
