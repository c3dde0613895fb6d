package io.drover.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverLayoutTest {
  private static DriverLayout of(String uri) {
    Map<String, String> environment = Map.of("HOME", "/home/u", "XDG_RUNTIME_DIR", "/run/user/1");
    return DriverLayout.of(URI.create(uri), name -> Optional.ofNullable(environment.get(name)));
  }

  @Test
  void anEmbeddedDriverHasTheTreeOfTheDocument() {
    DriverLayout layout = of("qemu:///embed?root=/var/tmp/embed");
    assertThat(layout)
        .isEqualTo(
            new DriverLayout(
                Optional.of(Path.of("/var/tmp/embed")),
                Path.of("/var/tmp/embed/log/qemu"),
                Path.of("/var/tmp/embed/log/swtpm"),
                Path.of("/var/tmp/embed/etc/qemu"),
                Path.of("/var/tmp/embed/etc/pki/qemu"),
                Path.of("/var/tmp/embed/run/qemu"),
                Path.of("/var/tmp/embed/run/swtpm"),
                Path.of("/var/tmp/embed/cache/qemu"),
                Path.of("/var/tmp/embed/lib/qemu"),
                Path.of("/var/tmp/embed/lib/swtpm")));
  }

  @Test
  void theRootMayBeEscaped() {
    assertThat(of("qemu:///embed?root=/a%20b+c").state()).isEqualTo(Path.of("/a b+c/run/qemu"));
  }

  @Test
  void secretsAndSettingsLieBesideTheConfiguration() {
    DriverLayout layout = of("qemu:///embed?root=/var/tmp/embed");
    assertThat(layout.secrets()).isEqualTo(Path.of("/var/tmp/embed/etc/secrets"));
    assertThat(layout.settings()).isEqualTo(Path.of("/var/tmp/embed/etc/qemu.conf"));
    assertThat(of("qemu:///system").settings()).isEqualTo(Path.of("/etc/drover/qemu.conf"));
    assertThat(of("qemu:///session").secrets())
        .isEqualTo(Path.of("/home/u/.config/drover/secrets"));
  }

  @Test
  void theFoldersOfASessionFollowTheXdgVariables() {
    Map<String, String> environment =
        Map.of(
            "HOME", "/home/u",
            "XDG_CONFIG_HOME", "/x/config",
            "XDG_CACHE_HOME", "/x/cache",
            "XDG_RUNTIME_DIR", "relative/is/ignored");
    DriverLayout layout =
        DriverLayout.of(
            URI.create("qemu:///session"), name -> Optional.ofNullable(environment.get(name)));

    assertThat(layout)
        .isEqualTo(
            new DriverLayout(
                Optional.empty(),
                Path.of("/x/cache/drover/qemu/log"),
                Path.of("/x/cache/drover/qemu/log/swtpm"),
                Path.of("/x/config/drover/qemu"),
                Path.of("/home/u/.pki/qemu"),
                Path.of("/x/cache/drover/qemu/run"),
                Path.of("/x/cache/drover/qemu/run/swtpm"),
                Path.of("/x/cache/drover/qemu/cache"),
                Path.of("/x/config/drover/qemu/lib"),
                Path.of("/x/config/drover/qemu/lib/swtpm")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"XDG_RUNTIME_DIR", "XDG_CACHE_HOME"})
  void aSessionFolderThatIsTooLongNamesTheVariable(String variable) {
    Map<String, String> environment =
        Map.of("HOME", "/home/u", "XDG_RUNTIME_DIR", "/run/user/1", "XDG_CACHE_HOME", "/c");
    Map<String, String> changed = new java.util.HashMap<>(environment);
    changed.put(variable, "/" + "x".repeat(80));

    assertThatThrownBy(
            () ->
                DriverLayout.of(
                    URI.create("qemu:///session"), name -> Optional.ofNullable(changed.get(name))))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(variable);
  }

  @Test
  void systemAndSessionHaveTheirOwnFolders() {
    assertThat(of("qemu:///system").state()).isEqualTo(Path.of("/run/drover/qemu"));
    assertThat(of("qemu:///session").state()).isEqualTo(Path.of("/run/user/1/drover/qemu/run"));
    assertThat(of("qemu:///session").log()).isEqualTo(Path.of("/home/u/.cache/drover/qemu/log"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qemu:///embed",
        "qemu:///embed?root=",
        "qemu:///embed?root=relative",
        "qemu:///embed?root=/",
        "qemu:///embed?root=/a/..",
        "qemu:///embed?root=%00",
        "qemu+ssh://host/system",
        "qemu://host/system",
        "qemu:///elsewhere",
        "xen:///system"
      })
  void otherConnectionsAreRefused(String uri) {
    assertThatThrownBy(() -> of(uri))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
  }

  @Test
  void onlyFoldersOfItsOwnAreTheDrivers() {
    DriverLayout embedded = of("qemu:///embed?root=/var/tmp/vms");
    assertThat(embedded.owns(embedded.state())).isTrue();
    assertThat(embedded.owns(Path.of("/var/tmp/vms"))).isTrue();
    assertThat(embedded.owns(Path.of("/var/tmp"))).isFalse();
    DriverLayout system = of("qemu:///system");
    assertThat(system.owns(system.swtpmLog())).isTrue();
    assertThat(system.owns(Path.of("/var/lib/drover"))).isTrue();
    assertThat(system.owns(Path.of("/var/log/swtpm"))).isFalse();
  }

  @Test
  void theLongestRootIsNamedWhenOneIsTooLong() {
    String longest = "/" + "x".repeat(DriverLayout.MAX_ROOT_BYTES - 1);
    assertThat(of("qemu:///embed?root=" + longest).state()).isEqualTo(Path.of(longest, "run/qemu"));
    assertThatThrownBy(() -> of("qemu:///embed?root=" + longest + "x"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
              assertThat(e.getMessage()).contains("at most " + DriverLayout.MAX_ROOT_BYTES);
            });
  }
}
