package io.drover.driver.argv;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ProblemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceTypesTest {
  @Test
  void knowsQemusSecondNames() {
    List<String> argv = List.of("qemu", "-device", "{\"driver\":\"ahci\",\"id\":\"sata1\"}");

    assertThatCode(() -> DeviceTypes.check(argv, Set.of("ich9-ahci"))).doesNotThrowAnyException();
  }

  @Test
  void namesWhatTheEmulatorLacksAndWhatIsMadeOfIt() {
    List<String> argv = List.of("qemu", "-device", "{\"driver\":\"igb\",\"id\":\"net0\"}");

    assertThatThrownBy(() -> DeviceTypes.check(argv, Set.of("e1000")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("igb")
        .hasMessageContaining("net0");
  }
}
