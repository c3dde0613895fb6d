package io.drover.scheduler.ledger.model;

import io.drover.contracts.report.HostReport.Accelerator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host's last report says and nothing is decided by; for people.
 *
 * @param accelerators null for a host that has not reported since these are kept
 * @param domains how many it has shown running
 */
public record ReportedFacts(
    @Nullable List<Accelerator> accelerators, @Nullable String emulatorVersion, int domains) {}
