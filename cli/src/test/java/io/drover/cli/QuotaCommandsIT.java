package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and setting what a project may have. */
class QuotaCommandsIT {
  private static final String PATH = "/v1/projects/demo/quota";
  private static final String QUOTA =
      "{\"domains\":{\"limit\":100,\"used\":3,\"byDefault\":true},"
          + "\"vcpus\":{\"limit\":8,\"used\":3,\"byDefault\":false},"
          + "\"memoryMib\":{\"limit\":524288,\"used\":1536,\"byDefault\":true},"
          + "\"volumes\":{\"limit\":200,\"used\":1,\"byDefault\":true},"
          + "\"volumeBytes\":{\"limit\":1099511627776,\"used\":10737418240,\"byDefault\":false},"
          + "\"openOperations\":{\"limit\":200,\"used\":0,\"byDefault\":true},\"version\":4}";

  @TempDir Path folder;
  private final FakeGateway gateway = new FakeGateway();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private Invocation.Result run(String... arguments) {
    return Invocation.at(gateway, folder).run(arguments);
  }

  @Test
  void showsWhatIsUsedOfWhatThereMayBe() {
    gateway.on("GET " + PATH, 200, QUOTA);

    Invocation.Result result = run("quota", "show");

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("domains               3      100  default")
        .contains("memoryMib       1.5 GiB  512 GiB  default")
        .contains("volumeBytes      10 GiB    1 TiB  by an operator");
  }

  @Test
  void setsWhatIsNamedAndKeepsTheRestOverTheVersionThatItHasRead() {
    gateway.on("GET " + PATH, 200, QUOTA).on("PUT " + PATH, 200, QUOTA);

    Invocation.Result result =
        run("quota", "set", "--domains", "5", "--memory", "64G", "--volume-size", "default");

    assertThat(result.status()).isZero();
    FakeGateway.Asked put = gateway.asked().get(1);
    assertThat(put.body()).isEqualTo("{\"domains\":5,\"vcpus\":8,\"memoryMib\":65536}");
    assertThat(put.header("If-Match")).contains("\"4\"");
  }

  @Test
  void whatIsNoAmountIsAMistakeOfTheCommandLine() {
    gateway.on("GET " + PATH, 200, QUOTA);

    Invocation.Result result = run("quota", "set", "--vcpus", "many");

    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("\"many\" is not a whole number").contains("default");
  }
}
