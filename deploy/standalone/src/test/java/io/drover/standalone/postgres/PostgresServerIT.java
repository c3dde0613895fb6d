package io.drover.standalone.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
  private static final PostgresServer.Role ROLE =
      new PostgresServer.Role("drover_gateway", "it's secret", "gateway");
  private static final PostgresServer.Role OTHER =
      new PostgresServer.Role("drover_secrets", "other", "secrets");

  @TempDir Path folder;

  @Test
  void keepsItsDataOverAKillAndGivesEachRoleItsOwnSchemaOnly() throws Exception {
    int port = freePort();
    PostgresServer first = PostgresServer.start(folders(), port, "super");
    first.prepare(List.of(ROLE, OTHER));
    execute(first, ROLE, "CREATE TABLE kept AS SELECT 42 AS answer");
    first.process().kill();

    PostgresServer second = PostgresServer.start(folders(), port, "super");
    try {
      second.prepare(List.of(ROLE, OTHER));
      execute(second, ROLE, "DELETE FROM gateway.kept WHERE answer = 42");
      assertThatThrownBy(() -> execute(second, OTHER, "SELECT * FROM gateway.kept"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("permission denied");
      PostgresServer.Role wrong = new PostgresServer.Role("drover_gateway", "guess", "gateway");
      assertThatThrownBy(() -> execute(second, wrong, "SELECT 1"))
          .hasMessageContaining("authentication failed");
    } finally {
      second.stop();
    }
    assertThat(second.process().alive()).isFalse();
  }

  @Test
  void runsInAFolderThatIsClosedToOthersAndTakesOverAClusterOfRoot() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    int port = freePort();
    PostgresServer.start(folders(), port, "super").stop();
    boolean root = "root".equals(System.getProperty("user.name"));
    if (root) {
      assertThat(Files.getOwner(folders().data())).isNotEqualTo(Files.getOwner(folder));
      Process chown =
          new ProcessBuilder("chown", "-R", "root", folders().data().toString()).start();
      assertThat(chown.waitFor()).isZero();
    }

    PostgresServer again = PostgresServer.start(folders(), port, "super");
    again.stop();
    assertThat(again.process().alive()).isFalse();
  }

  private PostgresServer.Folders folders() {
    return new PostgresServer.Folders(
        folder.resolve("pg"), folder.resolve("data"), folder, folder.resolve("run"));
  }

  private static void execute(PostgresServer server, PostgresServer.Role role, String sql)
      throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), role.name(), role.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
