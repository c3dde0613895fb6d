package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.session.LocalCluster;
import io.drover.cli.session.LoggingIn;
import io.drover.cli.session.SecureAddress;
import io.drover.cli.session.Session;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover login}. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = {
      "Log in; the tokens are kept in ~/.config/drover (0600).",
      "At the suite that ./run has started on this machine, its demo users alice, bob and olga need"
          + " no password."
    },
    footer = {
      "",
      "Examples:",
      "  drover login alice",
      "  drover login alice --server https://cloud.example.org --password-stdin < password-file"
    })
public final class LoginCommand implements Runnable {
  private static final String STANDALONE_ISSUER = "http://127.0.0.1:18080/realms/drover";
  private static final Duration DISCOVERY_DEADLINE = Duration.ofSeconds(10);
  private final Connection connection;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "USER",
      description = "The user; asked for when it is not given.")
  @Nullable String name;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER",
      description = "Another way to name the user.")
  @Nullable String user;

  @Option(names = "--password-stdin", description = "Read the password from standard input.")
  boolean passwordStdin;

  @Option(names = "--device", description = "Confirm the login in a browser instead.")
  boolean device;

  @Option(
      names = "--oidc-url",
      paramLabel = "URL",
      description = "The OpenID Connect issuer; else DROVER_OIDC_URL, else what the gateway names.")
  @Nullable String oidcUrl;

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      description = "This program's name at the issuer (default ${DEFAULT-VALUE}).")
  String clientId = "drover-cli";

  public LoginCommand(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void run() {
    Optional<String> named = namedUser();
    Optional<LocalCluster> cluster = LocalCluster.read(connection.shell());
    URI server =
        connection
            .namedServer()
            .or(() -> cluster.filter(here -> knows(here, named)).map(LocalCluster::server))
            .orElseGet(connection::server);
    Optional<LocalCluster> here = cluster.filter(known -> known.server().equals(server));
    URI issuer = issuer(server, here);
    LoggingIn login =
        new LoggingIn(connection.http(), connection.shell().clock(), server, issuer, clientId);
    Session session = device ? login.withBrowser(this::showCode) : withPassword(login, named, here);
    connection.sessionFile().write(session);
    connection
        .printer()
        .said(
            "Logged in at " + server + " as " + session.user() + ".",
            ContractJson.mapper()
                .createObjectNode()
                .put("server", server.toString())
                .put("user", session.user()));
  }

  /** A user who is not one of the suite's may be meant to log in elsewhere. */
  private static boolean knows(LocalCluster cluster, Optional<String> named) {
    return named.map(cluster.users()::contains).orElse(true);
  }

  private Session withPassword(
      LoggingIn login, Optional<String> named, Optional<LocalCluster> here) {
    LoginPrompt prompt = new LoginPrompt(connection.shell(), here);
    String userName = named.orElseGet(prompt::userName);
    char[] password = passwordStdin ? prompt.passwordOfInput() : prompt.password(userName);
    try {
      return login.withPassword(userName, password);
    } catch (CliFailure e) {
      if (here.isEmpty() || e.exitCode() != ExitCode.UNAVAILABLE) {
        throw e;
      }
      throw new CliFailure(
          ExitCode.UNAVAILABLE,
          "The suite of this machine does not answer: " + e.getMessage(),
          "Start it with ./run (its data is in " + here.get().data() + ").");
    }
  }

  private Optional<String> namedUser() {
    if (name != null && user != null && !name.equals(user)) {
      throw new CliFailure(
          ExitCode.USAGE, "Two users are named: " + name + " and " + user + ".", "Name one.");
    }
    return Optional.ofNullable(name).or(() -> Optional.ofNullable(user));
  }

  private void showCode(String address, String code) {
    connection.shell().err().println("Open " + address + " and confirm the code " + code);
  }

  private URI issuer(URI server, Optional<LocalCluster> here) {
    return SecureAddress.parse(
        "login",
        Optional.ofNullable(oidcUrl)
            .or(() -> connection.shell().variable("DROVER_OIDC_URL"))
            .or(() -> here.map(cluster -> cluster.issuer().toString()))
            .or(() -> discovered(server))
            .or(
                () ->
                    SecureAddress.loopback(server)
                        ? Optional.of(STANDALONE_ISSUER)
                        : Optional.empty())
            .orElseThrow(
                () ->
                    new CliFailure(
                        ExitCode.USAGE,
                        "The gateway at " + server + " does not say where to log in.",
                        "Name the issuer with --oidc-url or DROVER_OIDC_URL.")));
  }

  /** What the gateway publishes as a protected resource (RFC 9728). */
  private Optional<String> discovered(URI server) {
    URI address = URI.create(server + "/.well-known/oauth-protected-resource");
    try {
      HttpResponse<byte[]> answer =
          connection
              .http()
              .send(
                  HttpRequest.newBuilder(address).timeout(DISCOVERY_DEADLINE).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        return Optional.empty();
      }
      JsonNode issuers =
          ContractJson.mapper().readTree(answer.body()).path("authorization_servers");
      return Optional.of(issuers.path(0).asText("")).filter(text -> !text.isEmpty());
    } catch (IOException e) {
      throw new CliFailure(
          ExitCode.UNAVAILABLE,
          "The server at " + server + " does not answer.",
          "Check --server or DROVER_SERVER. On this machine: start the suite with ./run, then"
              + " drover login alice");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }
}
