package io.drover.driver.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QemuUserRuleTest {
  private static final Optional<UserIds> NOBODY = Optional.of(new UserIds(65534, 65534));
  private static final Optional<UserIds> ROOT = Optional.of(new UserIds(0, 0));

  @Test
  void refusesQemuAsRootAndNamesTheRemedy() {
    assertThat(refusal(Optional.empty()).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(refusal(Optional.empty()))
        .hasMessageContaining("DROVER_QEMU_USER")
        .hasMessageContaining("qemuAsRoot");
  }

  @Test
  void refusesAUserThatIsRootByItsNumber() {
    assertThat(refusal(ROOT).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void takesAnotherUserAnUnprivilegedProcessOrTheExplicitWord() {
    assertThatCode(() -> QemuUserRule.check(0, NOBODY, false)).doesNotThrowAnyException();
    assertThatCode(() -> QemuUserRule.check(1000, Optional.empty(), false))
        .doesNotThrowAnyException();
    assertThatCode(() -> QemuUserRule.check(0, Optional.empty(), true)).doesNotThrowAnyException();
  }

  private static ProblemException refusal(Optional<UserIds> user) {
    return catchThrowableOfType(ProblemException.class, () -> QemuUserRule.check(0, user, false));
  }
}
