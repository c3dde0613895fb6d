package io.drover.driver.internal.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The one list: acquired forwards, released backwards, whatever of it fails. */
class ResourceStackTest {
  private record FirstPlan() implements ResourcePlan {}

  private record SecondPlan() implements ResourcePlan {}

  private record ThirdPlan() implements ResourcePlan {}

  private record FirstRecord() implements ResourceRecord {
    static final ResourceKind<FirstRecord> KIND =
        new ResourceKind<>("first", FirstRecord.class, held -> List.of(), i -> new FirstRecord());

    @Override
    public ResourceKind<FirstRecord> kind() {
      return KIND;
    }
  }

  private record SecondRecord() implements ResourceRecord {
    static final ResourceKind<SecondRecord> KIND =
        new ResourceKind<>(
            "second", SecondRecord.class, held -> List.of(), i -> new SecondRecord());

    @Override
    public ResourceKind<SecondRecord> kind() {
      return KIND;
    }
  }

  private record ThirdRecord() implements ResourceRecord {
    static final ResourceKind<ThirdRecord> KIND =
        new ResourceKind<>("third", ThirdRecord.class, held -> List.of(), i -> new ThirdRecord());

    @Override
    public ResourceKind<ThirdRecord> kind() {
      return KIND;
    }
  }

  private final List<String> calls = new ArrayList<>();

  /** A resource that notes its calls and fails at those that it is told to. */
  private final class Noted<P extends ResourcePlan, R extends ResourceRecord>
      implements HostResource<P, R> {
    private final Class<P> plan;
    private final ResourceKind<R> kind;
    private final Set<String> failing;

    Noted(Class<P> plan, ResourceKind<R> kind, String... failing) {
      this.plan = plan;
      this.kind = kind;
      this.failing = Set.of(failing);
    }

    private void note(String call) {
      calls.add(call + " " + kind.word());
      if (failing.contains(call)) {
        throw new IllegalStateException(call + " of " + kind.word());
      }
    }

    @Override
    public Class<P> planType() {
      return plan;
    }

    @Override
    public ResourceKind<R> kind() {
      return kind;
    }

    @Override
    public R prepare(P given) {
      note("prepare");
      return kind.read(List.<Map<String, String>>of());
    }

    @Override
    public void acquire(P given, R held) {
      note("acquire");
    }

    @Override
    public void undo(R held) {
      note("undo");
    }

    @Override
    public void release(R held) {
      note("release");
    }

    @Override
    public void reattach(R held) {
      note("reattach");
    }
  }

  private ResourceStack stack(String... failingSecond) {
    return new ResourceStack(
        List.of(
            new Noted<>(FirstPlan.class, FirstRecord.KIND),
            new Noted<>(SecondPlan.class, SecondRecord.KIND, failingSecond),
            new Noted<>(ThirdPlan.class, ThirdRecord.KIND)));
  }

  private static ResourcePlans all() {
    return ResourcePlans.of(new ThirdPlan(), new FirstPlan(), new SecondPlan());
  }

  private static List<ResourceRecord> records() {
    return List.of(new FirstRecord(), new SecondRecord(), new ThirdRecord());
  }

  @Test
  void aStartPreparesAllBeforeItAcquiresInTheOrderOfTheList() {
    ResourceAcquisition start = stack().begin(all());
    assertThat(start.prepare()).isEqualTo(records());
    start.acquire();
    assertThat(calls)
        .containsExactly(
            "prepare first",
            "prepare second",
            "prepare third",
            "acquire first",
            "acquire second",
            "acquire third");
  }

  @Test
  void whatIsNotPlannedIsNotTouched() {
    ResourceAcquisition start = stack().begin(ResourcePlans.of(new SecondPlan()));
    assertThat(start.prepare()).containsExactly(new SecondRecord());
    start.acquire();
    assertThat(start.undo(new IllegalStateException())).isTrue();
    assertThat(calls).containsExactly("prepare second", "acquire second", "release second");
  }

  @Test
  void anAcquisitionThatFailsHalfWayIsUndoneBackwardsAndTheRestNeverTouched() {
    ResourceAcquisition start = stack("acquire").begin(all());
    List<ResourceRecord> prepared = start.prepare();
    calls.clear();
    assertThat(prepared).hasSize(3);
    assertThatThrownBy(start::acquire).hasMessage("acquire of second");
    assertThat(start.undo(new IllegalStateException())).isTrue();
    assertThat(calls)
        .containsExactly("acquire first", "acquire second", "undo second", "release first");
  }

  @Test
  void whatCannotBeUndoneIsToldAndTheOthersAreUndoneAllTheSame() {
    ResourceAcquisition start = stack("release").begin(all());
    List<ResourceRecord> prepared = start.prepare();
    start.acquire();
    calls.clear();
    RuntimeException failure = new IllegalStateException("no QEMU");
    assertThat(start.undo(failure)).isFalse();
    assertThat(prepared).hasSize(3);
    assertThat(failure.getSuppressed()).extracting("message").containsExactly("release of second");
    assertThat(calls).containsExactly("release third", "release second", "release first");
  }

  @Test
  void anEndReleasesBackwardsWhateverIsOnRecord() {
    List<RuntimeException> failures = new ArrayList<>();
    assertThat(stack("release").release(records(), failures::add)).isFalse();
    assertThat(failures).extracting("message").containsExactly("release of second");
    assertThat(calls).containsExactly("release third", "release second", "release first");
    calls.clear();
    assertThat(stack().release(List.of(new ThirdRecord()), failures::add)).isTrue();
    assertThat(calls).containsExactly("release third");
  }

  @Test
  void aNextDriverTakesOverInOrderAndOneFailureHidesNoOther() {
    List<RuntimeException> failures = new ArrayList<>();
    stack("reattach").reattach(records(), failures::add, lost -> {});
    assertThat(calls).containsExactly("reattach first", "reattach second", "reattach third");
    assertThat(failures).hasSize(1);
  }

  @Test
  void aResourceIsPlannedOnce() {
    assertThatThrownBy(() -> ResourcePlans.of(new FirstPlan(), new FirstPlan()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
