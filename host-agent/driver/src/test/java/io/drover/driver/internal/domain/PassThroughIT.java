package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.taint.Taint;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A definition's words for QEMU itself reach QEMU, and only QEMU. */
class PassThroughIT {
  private static final String XML =
      """
      <domain type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
        <name>passed</name>
        <memory unit='MiB'>32</memory>
        <vcpu>1</vcpu>
        <os><type arch='x86_64' machine='pc'>hvm</type></os>
        <devices/>
        <qemu:commandline>
          <qemu:arg value='-device'/>
          <qemu:arg value='virtio-rng-pci,id=passed-rng,addr=0x1c'/>
          <qemu:env name='MARK' value='a "b" c'/>
          <qemu:env name='PATH' value='/nowhere'/>
        </qemu:commandline>
        <qemu:override>
          <qemu:device alias='balloon0'>
            <qemu:frontend>
              <qemu:property name='deflate-on-oom' type='bool' value='true'/>
            </qemu:frontend>
          </qemu:device>
        </qemu:override>
        <qemu:deprecation behavior='omit'/>
      </domain>
      """;

  private Path root;
  private LocalDriver driver;

  @BeforeEach
  void open(@TempDir Path folder) {
    root = folder;
    driver = TestDriver.open(DriverLayout.under(root), DriverOptions.defaults());
  }

  @AfterEach
  void endGuests() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  @Test
  void argumentsVariablesAndOverridesReachQemuAndTaintTheDomain() throws IOException {
    Domain domain = driver.start(DomainXml.read(XML), StartOptions.plain());
    assertThat(environment(domain.pid()))
        .contains("LC_ALL=C", "MARK=a \"b\" c", "PATH=/nowhere")
        .anyMatch(variable -> variable.startsWith("HOME=" + root));
    assertThat(domain.qmp("qom-get", property("balloon0", "deflate-on-oom"))).isEqualTo("true");
    assertThat(domain.qmp("qom-get", property("passed-rng", "type")))
        .isEqualTo("\"virtio-rng-pci\"");
    assertThat(domain.taints())
        .contains(Taint.CUSTOM_ARGV, Taint.CUSTOM_DEVICE, Taint.CUSTOM_MONITOR);

    driver.close();
    driver = TestDriver.open(DriverLayout.under(root), DriverOptions.defaults());

    assertThat(driver.find(domain.id()).orElseThrow().taints()).isEqualTo(domain.taints());
  }

  @Test
  void aRefusalOfQemuIsToldInItsWords() {
    String wrong = XML.replace("addr=0x1c", "addr=0x1c,no-such-property=1");
    assertThatThrownBy(() -> driver.start(DomainXml.read(wrong), StartOptions.plain()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.QEMU_START_FAILED))
        .hasMessageContaining("no-such-property");
  }

  private static String property(String id, String name) {
    return "{\"path\":\"/machine/peripheral/%s\",\"property\":\"%s\"}".formatted(id, name);
  }

  private static List<String> environment(long pid) throws IOException {
    String all = Files.readString(Path.of("/proc", Long.toString(pid), "environ"));
    return Arrays.asList(all.split("\0"));
  }
}
