package io.drover.driver.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.AcceleratorFacts;
import io.drover.driver.internal.process.TimedRun;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AcceleratorVerdictTest {
  private static final AcceleratorFacts TCG = AcceleratorFacts.usable("tcg", 20_000);

  @Test
  void kvmThatIsFasterThanTcgIsUsable() {
    assertThat(AcceleratorVerdict.kvm(took(900_000), TCG, 5))
        .isEqualTo(AcceleratorFacts.usable("kvm", 900));
  }

  @Test
  void kvmThatIsSlowerThanTcgIsUnusableAndSaysBothTimes() {
    AcceleratorFacts kvm = AcceleratorVerdict.kvm(took(900_000_000), TCG, 5);
    assertThat(kvm.usable()).isFalse();
    assertThat(kvm.reason()).contains("900000 us", "20000 us");
  }

  @Test
  void kvmThatHangsInTheGuestIsUnusable() {
    TimedRun.Outcome hung = new TimedRun.Outcome(OptionalLong.empty(), true, false, -1, "");
    assertThat(AcceleratorVerdict.kvm(hung, TCG, 5).reason()).contains("within 5 s");
  }

  @Test
  void kvmThatAbortsIsUnusableWithQemusWords() {
    TimedRun.Outcome aborted =
        new TimedRun.Outcome(OptionalLong.empty(), false, true, 134, "error: failed to set MSR");
    assertThat(AcceleratorVerdict.kvm(aborted, TCG, 5).reason())
        .contains("134", "failed to set MSR");
  }

  private static TimedRun.Outcome took(long nanos) {
    return new TimedRun.Outcome(OptionalLong.of(nanos), true, true, 1, "");
  }

  @Test
  void kvmHasMoreTimeOnAHostThatIsBusy() {
    assertThat(AcceleratorProbe.kvmDeadline(Duration.ofMillis(200)))
        .isEqualTo(AcceleratorProbe.KVM_DEADLINE);
    assertThat(AcceleratorProbe.kvmDeadline(Duration.ofSeconds(8)))
        .isEqualTo(Duration.ofSeconds(24));
  }
}
