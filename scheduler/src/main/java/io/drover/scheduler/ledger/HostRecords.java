package io.drover.scheduler.ledger;

import io.drover.contracts.id.HostId;
import io.drover.scheduler.ledger.model.HostListing;
import java.util.List;

/** What is published of the hosts. */
public interface HostRecords {
  /** Whether this transaction is the one that publishes; others do not wait for it. */
  boolean lock();

  List<HostListing> all();

  void published(HostId host, HostListing.Published published);
}
