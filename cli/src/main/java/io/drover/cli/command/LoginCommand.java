package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.session.LoggingIn;
import io.drover.cli.session.SecureAddress;
import io.drover.cli.session.Session;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.contracts.message.ContractJson;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code drover login}. */
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = "Log in; the tokens are kept in ~/.config/drover (0600).")
public final class LoginCommand implements Runnable {
  private static final String STANDALONE_ISSUER = "http://127.0.0.1:18080/realms/drover";
  private static final Duration DISCOVERY_DEADLINE = Duration.ofSeconds(10);
  private final Connection connection;

  @Option(
      names = {"-u", "--user"},
      paramLabel = "NAME",
      description = "The user; asked for when it is not given.")
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
    URI server = connection.server();
    URI issuer = issuer(server);
    LoggingIn login =
        new LoggingIn(connection.http(), connection.shell().clock(), server, issuer, clientId);
    Session session =
        device ? login.withBrowser(this::showCode) : login.withPassword(userName(), password());
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

  private void showCode(String address, String code) {
    connection.shell().err().println("Open " + address + " and confirm the code " + code);
  }

  private URI issuer(URI server) {
    return SecureAddress.parse(
        "login",
        Optional.ofNullable(oidcUrl)
            .or(() -> connection.shell().variable("DROVER_OIDC_URL"))
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
          "Check --server or DROVER_SERVER; ./run starts a server on this machine.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.FAILED, "Interrupted.");
    }
  }

  private String userName() {
    if (user != null) {
      return user;
    }
    @Nullable String answer = terminal("--user").readLine("User: ");
    if (answer == null || answer.isBlank()) {
      throw new CliFailure(ExitCode.USAGE, "A login needs a user name.");
    }
    return answer.strip();
  }

  private char[] password() {
    if (!passwordStdin) {
      char @Nullable [] typed = terminal("--password-stdin").readPassword("Password: ");
      if (typed == null) {
        throw new CliFailure(ExitCode.USAGE, "A login needs a password.");
      }
      return typed;
    }
    try {
      @Nullable String line = connection.shell().lines().readLine();
      if (line == null || line.isEmpty()) {
        throw new CliFailure(ExitCode.USAGE, "Standard input holds no password.");
      }
      return line.toCharArray();
    } catch (IOException e) {
      throw new CliFailure(ExitCode.USAGE, "Standard input cannot be read.");
    }
  }

  private Console terminal(String instead) {
    @Nullable Console console = connection.shell().terminal() ? System.console() : null;
    if (console == null) {
      throw new CliFailure(
          ExitCode.USAGE, "There is no terminal to ask on.", "Use " + instead + ".");
    }
    return console;
  }
}
