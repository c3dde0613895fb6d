package io.drover.contracts.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {
  @Test
  void noTwoCodesShareANumber() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void aNumberLiesInTheRangeOfItsCategory(ErrorCode code) {
    int first = code.category().first();
    assertThat(code.number()).isBetween(first, first + 999);
    assertThat(code.httpStatus()).isBetween(400, 599);
  }
}
