package io.drover.driver.internal.tpm;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.DriverLayout;
import io.drover.driver.SecretBytes;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.LogTail;
import io.drover.driver.internal.process.NetworkEntry;
import io.drover.driver.internal.process.Programs;
import io.drover.driver.internal.process.QemuLauncher;
import io.drover.driver.internal.process.QemuLog;
import io.drover.driver.internal.process.QemuProcess;
import io.drover.driver.internal.process.ToolProcess;
import io.drover.driver.internal.process.UserIds;
import io.drover.driver.internal.resource.HostResource;
import io.drover.driver.internal.resource.ResourceKind;
import io.drover.driver.internal.sidecar.SidecarScan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the emulated TPMs of one driver: a swtpm for each domain, in a session of its own, so that
 * it outlives the driver as its QEMU does. Any thread; one domain's calls come one after another.
 */
public final class EmulatedTpms implements HostResource<TpmPlan, TpmRecord> {
  /** The making of keys takes a second or two, on a busy host many. */
  private static final Duration SETUP = Duration.ofSeconds(60);

  private static final Duration BY_ITSELF = Duration.ofMillis(200);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final long TRY_EVERY_NANOS = 1_000_000;
  private static final long TRIES = 15_000;
  private final DriverLayout layout;
  private final Optional<String> user;
  private final HostProcesses processes;
  private final TpmState states;
  private final Function<UUID, SecretBytes> secrets;
  private final Supplier<NetworkEntry> isolated;

  /**
   * @param user whom swtpm runs as; needs root
   * @param processes those that swtpm is found again among
   * @param secrets fetches the passphrase of encrypted state
   * @param isolated the network of isolated domains
   */
  public EmulatedTpms(
      DriverLayout layout,
      Optional<String> user,
      HostProcesses processes,
      Function<UUID, SecretBytes> secrets,
      Supplier<NetworkEntry> isolated) {
    this.layout = layout;
    this.user = user;
    this.processes = processes;
    this.states = new TpmState(user.map(UserIds::of));
    this.secrets = secrets;
    this.isolated = isolated;
  }

  @Override
  public Class<TpmPlan> planType() {
    return TpmPlan.class;
  }

  @Override
  public ResourceKind<TpmRecord> kind() {
    return TpmRecord.KIND;
  }

  /** The files of a domain's TPM, whether it has one or not. */
  public TpmFiles filesOf(DomainId id, Path domainFolder) {
    return TpmFiles.of(layout, id, String.valueOf(domainFolder.getFileName()));
  }

  @Override
  public TpmRecord prepare(TpmPlan plan) {
    require("swtpm", "swtpm");
    require("swtpm_setup", "swtpm-tools");
    return new TpmRecord(plan.id(), String.valueOf(plan.files().running().getFileName()));
  }

  /**
   * Makes the state when there is none, starts swtpm and returns once it listens. A failure leaves
   * neither a process nor half-made state.
   *
   * @throws ProblemException {@code KEY_UNAVAILABLE}, {@code QEMU_START_FAILED} with swtpm's last
   *     output
   */
  @Override
  public void acquire(TpmPlan plan, TpmRecord held) {
    end(plan.files());
    QemuLog.makeRoom(plan.files().log());
    boolean fresh = states.prepare(plan);
    byte[] passphrase = new byte[0];
    try {
      passphrase = passphrase(plan);
      SwtpmCommands commands = new SwtpmCommands(plan);
      if (fresh) {
        setUp(plan, commands.setup(), passphrase);
        states.finish(plan);
      } else if (plan.two() && !plan.emulator().activeBanks().isEmpty()) {
        setUp(plan, commands.reconfigure(), passphrase);
      }
      run(plan, commands.run(), passphrase);
    } catch (RuntimeException e) {
      undo(plan, fresh, e);
      throw e;
    } finally {
      Arrays.fill(passphrase, (byte) 0);
    }
  }

  private void undo(TpmPlan plan, boolean fresh, RuntimeException failure) {
    try {
      end(plan.files());
      if (fresh) {
        states.undo(plan);
      }
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private static void require(String program, String debianPackage) {
    if (Programs.find(program).isEmpty()) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "This host cannot emulate TPMs: "
              + program
              + " is missing; install it (on Debian the package "
              + debianPackage
              + ").");
    }
  }

  private byte[] passphrase(TpmPlan plan) {
    var secret = plan.emulator().encryption();
    if (secret == null || secret.uuid() == null) {
      return new byte[0];
    }
    try (SecretBytes fetched = secrets.apply(secret.uuid())) {
      return fetched.use(bytes -> bytes.clone());
    }
  }

  private void setUp(TpmPlan plan, List<String> command, byte[] passphrase) {
    List<String> all = new ArrayList<>();
    user.ifPresent(name -> all.addAll(UserIds.switching(name)));
    all.addAll(command);
    Path file = plan.files().passphrase();
    try {
      if (plan.encrypted()) {
        states.keep(file, passphrase);
      }
      ToolProcess.Result result = ToolProcess.run(all, new byte[0], SETUP);
      if (result.exitStatus() != 0) {
        throw failed(plan, "swtpm_setup ended with status " + result.exitStatus());
      }
    } finally {
      states.drop(file, passphrase.length);
    }
  }

  private void run(TpmPlan plan, List<String> command, byte[] passphrase) {
    QemuProcess process =
        new QemuLauncher(user)
            .within(plan.isolated() ? isolated.get() : NetworkEntry.OF_HOST)
            .launchBounded(command, plan.files().log(), passphrase);
    // In the isolated network the list of sockets is another.
    SidecarScan scan = new SidecarScan(Path.of("/proc", Long.toString(process.identity().pid())));
    for (long tries = 0; !scan.listens(plan.files().socket()); tries++) {
      if (process.exitWithinNanos(TRY_EVERY_NANOS)) {
        throw failed(plan, "swtpm ended at once");
      }
      if (tries > TRIES) {
        process.kill();
        throw failed(plan, "swtpm does not listen");
      }
    }
  }

  private static ProblemException failed(TpmPlan plan, String what) {
    String words = LogTail.whole(plan.files().log()).read().strip();
    return new ProblemException(
        ErrorCode.QEMU_START_FAILED,
        "The TPM of domain "
            + plan.name()
            + " did not start: "
            + what
            + (words.isEmpty() ? "." : "; its output: " + words));
  }

  /** Ends the swtpm of a domain; its state stays. */
  @Override
  public void release(TpmRecord held) {
    end(TpmFiles.of(layout, held.id(), held.shortName()));
  }

  private void end(TpmFiles files) {
    if (Files.isDirectory(files.running())) {
      processes.marked(files.control()).forEach(EmulatedTpms::end);
      TpmState.removeRunning(files);
    }
  }

  private static void end(QemuProcess process) {
    // It ends by itself when QEMU has.
    if (process.awaitExit(BY_ITSELF)) {
      return;
    }
    process.terminate();
    if (!process.awaitExit(STOP)) {
      process.kill();
      if (!process.awaitExit(STOP)) {
        throw new ProblemException(
            ErrorCode.QEMU_UNRESPONSIVE,
            "The swtpm process "
                + process.identity().pid()
                + " did not exit on SIGKILL; see the host's kernel log.");
      }
    }
  }

  /** Whether the domain has state here that its definition wants to outlive it. */
  public boolean persistent(DomainId id) {
    return TpmState.persistent(layout, id);
  }

  /** Removes the domain's state for good. */
  public void forget(DomainId id) {
    TpmState.removeKept(layout, id);
  }
}
