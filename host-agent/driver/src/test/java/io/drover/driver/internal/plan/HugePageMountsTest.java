package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HugePageMountsTest {
  @Test
  void findsEachPageSizeWhereItIsMountedFirst() {
    HugePageMounts mounts =
        HugePageMounts.of(
            List.of(
                "tmpfs /run tmpfs rw,size=1k 0 0",
                "hugetlbfs /dev/hugepages hugetlbfs rw,relatime 0 0",
                "hugetlbfs /mnt/2m hugetlbfs rw,relatime,pagesize=2M 0 0",
                "none /mnt/1g hugetlbfs rw,pagesize=1024M,mode=700 0 0"),
            List.of("MemTotal:  1 kB", "Hugepagesize:       2048 kB"));

    assertThat(mounts.byKib()).isEqualTo(Map.of(2048L, "/dev/hugepages", 1_048_576L, "/mnt/1g"));
    assertThat(mounts.defaultKib()).isEqualTo(2048);
  }
}
