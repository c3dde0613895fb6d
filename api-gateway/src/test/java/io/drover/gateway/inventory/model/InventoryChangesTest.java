package io.drover.gateway.inventory.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.gateway.inventory.model.InventoryChanges.Change;
import io.drover.gateway.inventory.model.InventoryChanges.Known;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InventoryChangesTest {
  private final InventoryChanges changes = new InventoryChanges();
  private final InventoryKey domain = new InventoryKey(InventoryKind.DOMAIN, UUID.randomUUID());
  private final InventoryKey volume = new InventoryKey(InventoryKind.VOLUME, UUID.randomUUID());
  private long offset;

  private Change take(InventoryKey key, long version, boolean gone, Known known) {
    Change change = new Change(key, version, gone, 0, offset++);
    changes.take(change, known);
    return change;
  }

  @Test
  void whatTheDatabaseHasIsNoChange() {
    take(domain, 5, false, new Known(5, 0));
    take(volume, 5, false, new Known(9, 5));
    assertThat(changes.present(InventoryKind.DOMAIN)).isEmpty();
    assertThat(changes.present(InventoryKind.VOLUME)).isEmpty();
    assertThat(changes.late()).isEmpty();
    assertThat(changes.seen()).containsEntry(domain, 5L).containsEntry(volume, 5L);
  }

  @Test
  void ofWhatTheDatabaseHasForgottenTheLatestRecordCounts() {
    take(domain, 5, false, Known.NOTHING);
    Change latest = take(domain, 7, false, Known.NOTHING);
    assertThat(changes.present(InventoryKind.DOMAIN)).containsExactly(latest);
  }

  @Test
  void whatWasMadeAndDeletedSinceIsNotAdded() {
    take(domain, 5, false, Known.NOTHING);
    Change gone = take(domain, 7, true, Known.NOTHING);
    assertThat(changes.present(InventoryKind.DOMAIN)).isEmpty();
    assertThat(changes.removed()).containsExactly(gone);
  }

  @Test
  void whatRefersToOthersIsRemovedFirst() {
    Change disk = take(volume, 5, true, new Known(1, 1));
    Change machine = take(domain, 5, true, new Known(1, 1));
    assertThat(changes.removed()).containsExactly(machine, disk);
  }

  @Test
  void anOldRecordBehindANewerOneIsLateAndChangesNothing() {
    Change newer = take(domain, 7, false, Known.NOTHING);
    take(domain, 5, true, Known.NOTHING);
    take(volume, 3, false, new Known(4, 4));
    assertThat(changes.late()).containsExactly(domain, volume);
    assertThat(changes.present(InventoryKind.DOMAIN)).containsExactly(newer);
    assertThat(changes.removed()).isEmpty();
  }

  @Test
  void aRecordThatIsSentTwiceIsNotLate() {
    take(domain, 5, false, new Known(5, 0));
    take(domain, 5, false, new Known(5, 0));
    assertThat(changes.late()).isEmpty();
  }

  @Test
  void aKeyIsItsKindAndId() {
    assertThat(InventoryKey.parse(domain.toString())).contains(domain);
    assertThat(InventoryKey.parse("domain")).isEmpty();
    assertThat(InventoryKey.parse("guest/" + domain.id())).isEmpty();
    assertThat(InventoryKey.parse("domain/web")).isEmpty();
  }

  @Test
  void aNameBesideAnotherIsNotLongerThanNamesMayBe() {
    String longest = "n".repeat(63);
    assertThat(domain.nameBeside(longest, 63)).hasSize(63).startsWith("nn").contains("-");
    assertThat(domain.nameBeside("web", 63))
        .isEqualTo("web-" + domain.id().toString().substring(0, 8));
  }
}
