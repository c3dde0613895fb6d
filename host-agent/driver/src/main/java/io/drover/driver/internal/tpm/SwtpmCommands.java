package io.drover.driver.internal.tpm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of swtpm 0.7 and later; no passphrase stands on them. Pure. */
final class SwtpmCommands {
  /** The size of a key is fixed once state is encrypted with it. */
  private static final String CIPHER = "aes-256-cbc";

  private final TpmPlan plan;

  SwtpmCommands(TpmPlan plan) {
    this.plan = plan;
  }

  /** Makes the state with an endorsement key and its certificates, as a manufacturer does. */
  List<String> setup() {
    List<String> command = common(plan.files().unfinished(plan.two()));
    command.addAll(
        List.of(
            "--vmid",
            plan.name() + ":" + plan.id(),
            "--createek",
            "--create-ek-cert",
            "--create-platform-cert",
            "--lock-nvram",
            "--not-overwrite"));
    banks(command);
    return List.copyOf(command);
  }

  /** Changes the banks of existing state; keys stay. */
  List<String> reconfigure() {
    List<String> command = common(plan.files().state(plan.two()));
    command.add("--reconfigure");
    banks(command);
    return List.copyOf(command);
  }

  private List<String> common(Path state) {
    List<String> command = new ArrayList<>(List.of("swtpm_setup"));
    if (plan.two()) {
      command.add("--tpm2");
    }
    command.addAll(
        List.of(
            "--tpm-state",
            state.toString(),
            "--config",
            plan.files().setupConfiguration().toString(),
            "--logfile",
            plan.files().log().toString()));
    if (plan.encrypted()) {
      // swtpm_setup starts swtpm several times, each without our standard input.
      command.addAll(
          List.of("--pwdfile", plan.files().passphrase().toString(), "--cipher", CIPHER));
    }
    return command;
  }

  private void banks(List<String> command) {
    if (!plan.emulator().activeBanks().isEmpty()) {
      command.addAll(List.of("--pcr-banks", String.join(",", plan.emulator().activeBanks())));
    }
  }

  /** The emulator itself; it ends by itself when QEMU closes the connection. */
  List<String> run() {
    TpmFiles files = plan.files();
    Integer level = plan.emulator().debug();
    List<String> command =
        new ArrayList<>(
            List.of(
                "swtpm",
                "socket",
                "--ctrl",
                files.control(),
                "--tpmstate",
                "dir=" + files.state(plan.two()) + ",mode=0600",
                "--terminate"));
    // To its standard error, which is bounded; a file it would fill without end.
    if (level != null) {
      command.addAll(List.of("--log", "level=" + level));
    }
    if (plan.two()) {
      command.add("--tpm2");
    }
    if (plan.encrypted()) {
      command.addAll(List.of("--key", "pwdfd=0,mode=" + CIPHER));
    }
    return List.copyOf(command);
  }
}
