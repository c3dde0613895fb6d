package io.drover.driver.internal.capabilities;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.AcceleratorFacts;
import io.drover.driver.CapabilitiesXml;
import io.drover.driver.HostCpu;
import io.drover.driver.HostDescription;
import io.drover.driver.HostDescription.CacheBank;
import io.drover.driver.HostDescription.Cpu;
import io.drover.driver.HostDescription.Distance;
import io.drover.driver.HostDescription.HostNumaCell;
import io.drover.driver.HostDescription.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a tree that looks like a host with two sockets of one core with two threads each. */
class HostReaderTest {
  private static final String UUID = "4c4c4544-0042-3510-8052-b4c04f565831";

  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }

  private void host() throws IOException {
    file("sys/class/dmi/id/product_uuid", UUID.toUpperCase(java.util.Locale.ROOT));
    file(
        "proc/cpuinfo",
        String.join(
            "\n",
            "processor\t: 0",
            "vendor_id\t: GenuineIntel",
            "cpu family\t: 6",
            "model\t\t: 23",
            "stepping\t: 10",
            "microcode\t: 0xa0b",
            "flags\t\t: fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush"
                + " mmx fxsr sse sse2 ht syscall nx lm pni ssse3 cx16 sse4_1 lahf_lm arch_perfmon",
            "address sizes\t: 38 bits physical, 48 bits virtual",
            "",
            "processor\t: 1",
            "flags\t\t: none"));
    for (int cpu = 0; cpu < 4; cpu++) {
      String topology = "sys/devices/system/cpu/cpu" + cpu + "/topology/";
      String siblings = cpu < 2 ? "0-1" : "2-3";
      file(topology + "physical_package_id", Integer.toString(cpu / 2));
      file(topology + "core_id", "0");
      file(topology + "thread_siblings_list", siblings);
      String node = "sys/devices/system/node/node" + cpu / 2;
      file(node + "/cpu" + cpu + "/uevent", "");
      file(node + "/meminfo", "Node " + cpu / 2 + " MemTotal:  8388608 kB");
      file(node + "/distance", cpu < 2 ? "10 21" : "21 10");
      file(node + "/hugepages/hugepages-2048kB/nr_hugepages", cpu < 2 ? "512" : "0");
      String cache = "sys/devices/system/cpu/cpu" + cpu + "/cache/index3/";
      file(cache + "level", "3");
      file(cache + "id", Integer.toString(cpu / 2));
      file(cache + "type", "Unified");
      file(cache + "size", "6144K");
      file(cache + "shared_cpu_list", siblings);
    }
    file("sys/power/state", "freeze mem disk");
    file("sys/power/disk", "[platform] shutdown reboot suspend");
    file("sys/kernel/iommu_groups/0/type", "DMA");
  }

  private HostDescription read() {
    return new HostReader(root, List.of()).read();
  }

  @Test
  void theProcessorIsNamedAndCounted() throws IOException {
    host();
    HostCpu cpu = read().cpu().orElseThrow();
    assertThat(cpu.model().orElseThrow().model()).isEqualTo("Penryn");
    assertThat(cpu.model().orElseThrow().require()).containsExactly("ht");
    assertThat(List.of(cpu.sockets(), cpu.dies(), cpu.cores(), cpu.threads()))
        .containsExactly(2, 1, 1, 2);
    assertThat(cpu.microcode()).hasValue(0xa0b);
    assertThat(cpu.physicalBits()).hasValue(38);
    assertThat(cpu.pageSizesKib()).containsExactly(4L, 2048L);
  }

  @Test
  void cellsHaveTheirProcessorsTheirPagesAndTheirDistances() throws IOException {
    host();
    assertThat(read().cells().get(0))
        .isEqualTo(
            new HostNumaCell(
                0,
                8388608,
                List.of(new Pages(4, (8388608 - 512 * 2048) / 4), new Pages(2048, 512)),
                List.of(new Distance(0, 10), new Distance(1, 21)),
                List.of(new Cpu(0, 0, 0, 0, "0-1"), new Cpu(1, 0, 0, 0, "0-1"))));
    assertThat(read().caches())
        .containsExactly(
            new CacheBank(0, 3, "both", 6144, "0-1"), new CacheBank(1, 3, "both", 6144, "2-3"));
  }

  @Test
  void whatTheHostCanDoBesidesIsTold() throws IOException {
    host();
    HostDescription host = read();
    assertThat(host.uuid()).contains(UUID);
    assertThat(host.sleepStates()).containsExactly("suspend_mem", "suspend_disk", "suspend_hybrid");
    assertThat(host.iommu()).isTrue();
    assertThat(host.vfio()).isFalse();
  }

  @Test
  void aUuidThatManyMachinesShareIsNone() throws IOException {
    file("sys/class/dmi/id/product_uuid", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF");
    assertThat(read().uuid()).isEmpty();
  }

  @Test
  void aKernelThatTellsNothingGivesAHostWithoutDetails() {
    HostDescription host = read();
    assertThat(host.cpu()).isEmpty();
    assertThat(host.cells()).hasSize(1);
    assertThat(host.uuid()).isEqualTo(Optional.empty());
    assertThat(CapabilitiesXml.write(host, List.of(), List.of()))
        .contains("<cells num='1'>", "<iommu support='no'/>")
        .doesNotContain("<vendor>");
  }

  @Test
  void theDocumentHasAllOfIt() throws IOException {
    host();
    List<AcceleratorFacts> none = List.of();
    assertThat(CapabilitiesXml.write(read(), List.of(), none))
        .contains(
            "<uuid>" + UUID + "</uuid>",
            "<model>Penryn</model>",
            "<vendor>Intel</vendor>",
            "<signature family='6' model='23' stepping='10'/>",
            "<topology sockets='2' dies='1' cores='1' threads='2'/>",
            "<maxphysaddr mode='emulate' bits='38'/>",
            "<feature name='ht'/>",
            "<suspend_hybrid/>",
            "<iommu support='yes'/>",
            "<cells num='2'>",
            "<pages unit='KiB' size='2048'>512</pages>",
            "<sibling id='1' value='21'/>",
            "<cpu id='3' socket_id='1' die_id='0' core_id='0' siblings='2-3'/>",
            "<bank id='1' level='3' type='both' size='6' unit='MiB' cpus='2-3'/>");
  }
}
