package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.Os;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Tpm;
import io.drover.definition.argv.host.DisplaySecurity;
import io.drover.definition.argv.host.HostBindings;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.MemoryFolders;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.taint.TaintRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A domain as a command that a person can start by hand: all that a driver would have prepared is
 * replaced. The guest sees the same machine.
 *
 * @param preparations commands to run before it, each as its words
 * @param command the emulator, without {@code -S}: the guest runs at once
 * @param notes what was replaced, and what still has to be there, in sentences
 */
public record RunnableCommand(
    List<List<String>> preparations, NativeCommand command, List<String> notes) {
  private static final String TPM_SOCKET = "/swtpm.sock";

  public RunnableCommand {
    preparations = List.copyOf(preparations);
    notes = List.copyOf(notes);
  }

  /**
   * Builds it.
   *
   * @param folder where sockets, secrets and the firmware's variables go
   * @throws io.drover.contracts.error.ProblemException with all that is wrong with the definition
   */
  public static RunnableCommand of(
      DomainDefinition definition, EmulatorFacts emulator, String folder) {
    DomainDefinition completed = PostParse.complete(definition, emulator);
    String variables = folder + "/VARS.fd";
    HostLayout layout = layout(completed, folder, variables);
    List<String> built = QemuArgv.build(completed, layout, RunnableOptions.SECRETS);
    RunnableOptions options = new RunnableOptions(folder, layout.masterKeyFile());
    List<String> argv = options.replace(built);
    List<String> notes = new ArrayList<>(options.notes());
    notes.addAll(UnsupportedOnHost.byHand(completed));
    Map<String, String> environment = QemuEnvironment.of(completed, folder);
    return new RunnableCommand(
        preparations(completed, folder, variables),
        new NativeCommand(
            environment, argv, TaintRules.of(completed, false, TaintRules.DEPRECATED)),
        notes);
  }

  private static HostLayout layout(DomainDefinition completed, String folder, String variables) {
    MemoryFolders memory =
        new MemoryFolders(
            folder + "/ram", Map.of(2048L, "/dev/hugepages", 1_048_576L, "/dev/hugepages1G"), 2048);
    Map<String, String> sockets = new HashMap<>();
    emulatedTpm(completed).ifPresent(alias -> sockets.put(alias, folder + TPM_SOCKET));
    for (NetworkInterface nic : completed.devices(NetworkInterface.class)) {
      sockets.put(ArgvContext.alias(nic), ""); // QEMU's own NAT takes the place of what is missing
    }
    HostLayout plain = HostLayout.in(folder, variables, memory);
    return new HostLayout(
        plain.monitorSocket(),
        plain.masterKeyFile(),
        plain.channelFolder(),
        plain.nvramFile(),
        plain.displaySocket(),
        plain.displayPort(),
        plain.taps(),
        memory,
        new HostBindings(sockets, DisplaySecurity.NONE, "/dev/dri/renderD128", false, true),
        true, // every QEMU that is still to be had takes it
        plain.now());
  }

  private static Optional<String> emulatedTpm(DomainDefinition completed) {
    return completed.devices(Tpm.class).stream()
        .filter(tpm -> tpm.backend() instanceof Tpm.EmulatedTpm)
        .map(ArgvContext::alias)
        .findFirst();
  }

  private static List<String> startTpm(String folder) {
    return List.of(
        "swtpm",
        "socket",
        "--tpm2",
        "--daemon",
        "--terminate",
        "--tpmstate",
        "dir=" + folder + "/tpm2,mode=0600",
        "--ctrl",
        "type=unixio,path=" + folder + TPM_SOCKET + ",mode=0600");
  }

  private static List<List<String>> preparations(
      DomainDefinition completed, String folder, String variables) {
    List<List<String>> commands = new ArrayList<>();
    List<String> folders =
        new ArrayList<>(
            List.of("mkdir", "-p", "-m", "700", folder, folder + "/channel", folder + "/ram"));
    commands.add(folders);
    if (emulatedTpm(completed).isPresent()) {
      folders.add(folder + "/tpm2");
      commands.add(startTpm(folder));
    }
    Os.Nvram nvram = completed.os().nvram();
    if (nvram != null && nvram.template() != null && nvram.source() == null) {
      commands.add(List.of("cp", "-n", nvram.template(), variables));
    }
    return commands;
  }
}
