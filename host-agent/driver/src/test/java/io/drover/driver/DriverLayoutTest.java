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
