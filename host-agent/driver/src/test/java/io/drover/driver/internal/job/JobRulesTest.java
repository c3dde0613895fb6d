package io.drover.driver.internal.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.operation.JobClass;
import io.drover.driver.internal.job.JobRules.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All pairs of job classes against libvirt's table, which is written down here once more. */
class JobRulesTest {
  private static final Set<JobClass> MASK = Set.of(JobClass.SUSPEND, JobClass.MODIFY);

  static Stream<List<JobClass>> pairs() {
    return Arrays.stream(JobClass.values())
        .flatMap(one -> Arrays.stream(JobClass.values()).map(other -> List.of(one, other)));
  }

  private static Shape shape(JobClass jobClass, Set<JobClass> beside) {
    return new Shape(jobClass, beside);
  }

  private static boolean free(JobClass jobClass) {
    return jobClass == JobClass.DESTROY || jobClass == JobClass.ABORT;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void withoutAMaskOnlyEndingAndAbortingRunBesideAnything(List<JobClass> pair) {
    Shape one = shape(pair.get(0), Set.of());
    Shape other = shape(pair.get(1), Set.of());
    boolean expected = free(pair.get(0)) || free(pair.get(1));
    assertThat(JobRules.together(one, other)).isEqualTo(expected);
    assertThat(JobRules.together(other, one)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aLongJobsMaskLetsShortOnesRunBesideIt(List<JobClass> pair) {
    Shape one = shape(pair.get(0), pair.get(0) == JobClass.ASYNC ? MASK : Set.of());
    Shape other = shape(pair.get(1), pair.get(1) == JobClass.ASYNC ? MASK : Set.of());
    boolean exactlyOneLong = (pair.get(0) == JobClass.ASYNC) != (pair.get(1) == JobClass.ASYNC);
    boolean expected = free(pair.get(0)) || free(pair.get(1)) || exactlyOneLong;
    assertThat(JobRules.together(one, other)).isEqualTo(expected);
    assertThat(JobRules.together(other, one)).isEqualTo(expected);
  }

  @Test
  void aMaskLetsNothingElseThrough() {
    Shape onlySuspend = shape(JobClass.ASYNC, Set.of(JobClass.SUSPEND));
    assertThat(JobRules.together(onlySuspend, shape(JobClass.SUSPEND, Set.of()))).isTrue();
    assertThat(JobRules.together(onlySuspend, shape(JobClass.MODIFY, Set.of()))).isFalse();
    assertThat(JobRules.together(onlySuspend, onlySuspend)).isFalse();
  }

  @Test
  void nobodyOvertakesAWaitingJobThatExcludesThem() {
    Shape copy = shape(JobClass.ASYNC, Set.of(JobClass.MODIFY));
    Shape suspend = shape(JobClass.SUSPEND, Set.of());
    Shape modify = shape(JobClass.MODIFY, Set.of());
    Shape destroy = shape(JobClass.DESTROY, Set.of());
    assertThat(JobRules.mayRun(modify, List.of(copy), List.of())).isTrue();
    assertThat(JobRules.mayRun(modify, List.of(copy), List.of(suspend))).isFalse();
    assertThat(JobRules.mayRun(destroy, List.of(copy), List.of(suspend))).isTrue();
  }
}
