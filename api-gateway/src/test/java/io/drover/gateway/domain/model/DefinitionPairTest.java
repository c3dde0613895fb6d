package io.drover.gateway.domain.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.DetachDisk;
import org.junit.jupiter.api.Test;

class DefinitionPairTest {
  private static final String NONE = xml("");
  private static final String DATA = xml(disk("data"));
  private static final String OTHER = xml(disk("other"));
  private static final DetachDisk LIVE = new DetachDisk("vdb", Applies.LIVE);
  private static final DetachDisk BOTH = new DetachDisk("vdb", Applies.BOTH);

  private static String xml(String disks) {
    return DomainXml.write(
        DomainXml.read(
            "<domain type='qemu'><name>web</name><memory>1024</memory><os><type>hvm</type></os>"
                + "<devices>"
                + disks
                + "</devices></domain>"));
  }

  private static String disk(String volume) {
    return "<disk type='volume' device='disk'><source pool='drover' volume='"
        + volume
        + "'/><target dev='vdb' bus='virtio'/></disk>";
  }

  @Test
  void aLateReleaseTakesTheDiskFromTheDefinitionsThatWereAskedFor() {
    assertThat(new DefinitionPair(DATA, DATA).afterLate(BOTH))
        .isEqualTo(new DefinitionPair(NONE, NONE));
    assertThat(new DefinitionPair(DATA, DATA).afterLate(LIVE))
        .isEqualTo(new DefinitionPair(DATA, NONE));
  }

  @Test
  void whatHasNoSuchDiskAnyMoreStaysAsItIs() {
    assertThat(new DefinitionPair(NONE, DATA).afterLate(BOTH))
        .isEqualTo(new DefinitionPair(NONE, NONE));
    DefinitionPair gone = new DefinitionPair(NONE, NONE);
    assertThat(gone.afterLate(BOTH)).isEqualTo(gone);
  }

  @Test
  void aNextStartThatWasGivenAnotherDiskSinceKeepsIt() {
    assertThat(new DefinitionPair(OTHER, DATA).afterLate(BOTH))
        .isEqualTo(new DefinitionPair(OTHER, NONE));
    DefinitionPair again = new DefinitionPair(DATA, NONE);
    assertThat(again.afterLate(BOTH)).as("a late repetition").isEqualTo(again);
  }
}
