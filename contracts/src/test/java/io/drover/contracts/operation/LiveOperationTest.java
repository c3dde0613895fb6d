package io.drover.contracts.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiveOperationTest {
  private static final Disk DATA =
      DeviceXml.read(
          """
          <disk type='volume' device='disk'>
            <driver name='qemu' type='qcow2'/>
            <source pool='drover' volume='data'/>
            <target dev='vdb' bus='virtio'/>
          </disk>
          """,
          Disk.class);
  private static final DomainDefinition DOMAIN =
      DomainXml.read(
          """
          <domain type='qemu'>
            <name>d</name>
            <memory unit='MiB'>64</memory>
            <os><type arch='x86_64' machine='q35'>hvm</type></os>
            <devices>
              <disk type='file'><source file='/a'/><target dev='vda' bus='virtio'/></disk>
            </devices>
          </domain>
          """);

  static Stream<LiveOperation<?>> everyKind() {
    return Stream.of(
        new Suspend(),
        new Resume(),
        new Reset(),
        new Reboot(Reboot.Mode.AGENT),
        new AttachDisk(DATA, Applies.BOTH),
        new DetachDisk("vdb", null),
        new ResizeDisk("vda", 1 << 20),
        new CopyDisk("vda", DATA, 0),
        new SendKey(List.of("ctrl", "alt", "delete"), 50));
  }

  @Test
  void everyOperationHasAnExampleHereAndANameOfItsOwn() {
    List<Class<?>> permitted = Arrays.asList(LiveOperation.class.getPermittedSubclasses());
    assertThat(everyKind().map(Object::getClass).toList()).isEqualTo(permitted);
    assertThat(permitted.stream().map(each -> each.getAnnotation(JsonTypeName.class).value()))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void jsonIsReadBackAsItWasWritten(LiveOperation<?> operation) {
    byte[] json = ContractJson.write(operation);
    assertThat(new String(json, StandardCharsets.UTF_8))
        .contains(
            "\"operation\":\""
                + operation.getClass().getAnnotation(JsonTypeName.class).value()
                + "\"");
    assertThat((Object) ContractJson.read(json, LiveOperation.class)).isEqualTo(operation);
  }

  @Test
  void anUnknownOperationIsRefused() {
    byte[] json = "{\"operation\":\"explode\"}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ContractJson.read(json, LiveOperation.class))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void attachingAddsTheDiskAndDetachingRemovesIt() {
    AttachDisk attach = new AttachDisk(DATA, null);
    DomainDefinition with = attach.changed(DOMAIN);
    assertThat(with.devices(Disk.class)).extracting(d -> d.target().dev()).contains("vdb");
    assertThat(attach.volumes()).isEqualTo(Set.of("data"));
    assertThat(new DetachDisk("vdb", null).changed(with)).isEqualTo(DOMAIN);
  }

  @Test
  void aTakenTargetAndAMissingOneAreRefusedByName() {
    DomainDefinition with = new AttachDisk(DATA, null).changed(DOMAIN);
    assertThatThrownBy(() -> new AttachDisk(DATA, null).changed(with))
        .hasMessageContaining("vdb is taken");
    assertThatThrownBy(() -> new DetachDisk("vdz", null).changed(DOMAIN))
        .hasMessageContaining("vdz")
        .hasMessageContaining("[vda]");
  }

  @Test
  void theCopyTakesTheOldImagesPlace() {
    DomainDefinition after = new CopyDisk("vda", DATA, 0).changed(DOMAIN);
    assertThat(after.devices(Disk.class).get(0).image()).isEqualTo(DATA.image());
    assertThat(after.devices(Disk.class).get(0).target().dev()).isEqualTo("vda");
  }

  @Test
  void whatCanNeverBeRightIsRefusedAtOnce() {
    assertThatThrownBy(() -> new ResizeDisk("vda", 511)).hasMessageContaining("512");
    assertThatThrownBy(() -> new ResizeDisk("", 512)).hasMessageContaining("target");
    assertThatThrownBy(() -> new CopyDisk("vda", DATA, -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new CopyDisk("vda", DATA.withImage(null), 0))
        .hasMessageContaining("destination");
  }

  @Test
  void keysAreNamedAndFew() {
    assertThat(new SendKey(List.of("a"), null).holdMillis()).isEqualTo(SendKey.USUAL_HOLD_MILLIS);
    assertThatThrownBy(() -> new SendKey(List.of(), 1)).hasMessageContaining("keys");
    assertThatThrownBy(() -> new SendKey(Collections.nCopies(17, "a"), 1))
        .hasMessageContaining("17 of at most 16");
    assertThatThrownBy(() -> new SendKey(List.of("a b"), 1)).hasMessageContaining("'a b'");
    assertThatThrownBy(() -> new SendKey(List.of("a"), 60_001)).hasMessageContaining("60001");
  }

  @Test
  void aTenantMayNameVolumesOnly() {
    Disk file =
        DeviceXml.read(
            "<disk type='file'><source file='/etc/shadow'/><target dev='vdb'/></disk>", Disk.class);
    assertThat(new AttachDisk(DATA, null).beyondTenants()).isEmpty();
    assertThat(new AttachDisk(file, null).beyondTenants()).isNotEmpty();
    assertThat(new CopyDisk("vda", file, 0).beyondTenants()).isNotEmpty();
  }

  @Test
  void theRunningDomainAloneIsAskedOfItsHost() {
    assertThat(new AttachDisk(DATA, Applies.BOTH).live().applies()).isEqualTo(Applies.LIVE);
    assertThat(new DetachDisk("vdb", Applies.BOTH).live().applies()).isEqualTo(Applies.LIVE);
    assertThat((Object) new Suspend().live()).isEqualTo(new Suspend());
  }

  @Test
  void onlyADiskThatIsStillAttachedIsARefusal() {
    assertThat(new DiskDetached("vdb", DiskDetached.Outcome.REMOVED).refusal()).isNull();
    assertThat(new DiskDetached("vdb", DiskDetached.Outcome.REFUSED).refusal().detail())
        .contains("vdb", "still attached");
    assertThat(new DiskDetached("vdb", DiskDetached.Outcome.TIMED_OUT).refusal().detail())
        .contains("vdb", "still attached");
    assertThat(new Done().refusal()).isNull();
  }

  @Test
  void theDisksThatItBringsCanBeResolvedByAHost() {
    Disk file = DATA.withImage(DATA.image().withFormat("raw"));
    assertThat(((AttachDisk) new AttachDisk(DATA, null).withDisks(disk -> file)).disk())
        .isEqualTo(file);
    assertThat(((CopyDisk) new CopyDisk("vda", DATA, 7).withDisks(disk -> file)).destination())
        .isEqualTo(file);
  }
}
