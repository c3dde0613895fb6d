package io.drover.standalone.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The account that PostgreSQL runs as. PostgreSQL refuses to run as root, so root gives it a system
 * account, which owns the cluster. Where a folder above the cluster is closed to that account, as
 * {@code /root} is, the server keeps one capability: to pass through folders and to read.
 */
final class ServerAccount {
  /** An account of its own before one that it shares. */
  private static final List<String> PREFERRED = List.of("postgres", "nobody");

  private static final Path ACCOUNTS = Path.of("/etc/passwd");
  private static final String PASSING = "dac_read_search";

  private final Optional<Entry> entry;
  private final List<String> prefix;

  private ServerAccount(Optional<Entry> entry, List<String> prefix) {
    this.entry = entry;
    this.prefix = List.copyOf(prefix);
  }

  private record Entry(String name, int uid, int gid) {}

  /**
   * Chooses the account, lets it read the programs, and finds out whether it reaches one.
   *
   * @param programs the folder of the programs and of what they need
   * @throws IOException when there is no account that does
   */
  static ServerAccount running(Path programs, String name)
      throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return new ServerAccount(Optional.empty(), List.of());
    }
    Entry entry = preferred(Files.readAllLines(ACCOUNTS));
    letRead(entry, programs);
    Path program = programs.resolve(name);
    String refusal = "";
    for (String kept : List.of("", PASSING)) {
      ServerAccount account = new ServerAccount(Optional.of(entry), dropping(entry, kept));
      try {
        Tool.run(account.command(List.of(program.toString(), "--version")));
        return account;
      } catch (IOException e) {
        refusal = e.getMessage();
      }
    }
    throw new IOException(
        "PostgreSQL does not run as root, and the account "
            + entry.name()
            + " cannot reach "
            + program
            + ": open the folders above it to others (chmod o+x), or choose a data folder"
            + " that everybody can reach. The last attempt: "
            + refusal);
  }

  /** By its group alone: no other user has anything to do with them. */
  private static void letRead(Entry entry, Path programs) throws IOException, InterruptedException {
    if (!Files.getAttribute(programs, "unix:gid").equals(entry.gid())) {
      Tool.run(List.of("chmod", "-R", "u=rwX,g=rX,o=", programs.toString()));
      Tool.run(
          List.of(
              "chgrp",
              "-R",
              "--no-dereference",
              Integer.toString(entry.gid()),
              programs.toString()));
    }
  }

  private static Entry preferred(List<String> accounts) throws IOException {
    for (String name : PREFERRED) {
      for (String line : accounts) {
        String[] words = line.split(":", -1);
        if (words.length > 3 && words[0].equals(name)) {
          return new Entry(name, Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        }
      }
    }
    throw new IOException(
        "PostgreSQL does not run as root, and "
            + ACCOUNTS
            + " has no account for it: add one that is called "
            + String.join(" or ", PREFERRED));
  }

  private static List<String> dropping(Entry entry, String kept) {
    List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=" + entry.uid()));
    command.addAll(List.of("--regid=" + entry.gid(), "--clear-groups", "--no-new-privs"));
    if (kept.isEmpty()) {
      command.add("--inh-caps=-all");
    } else {
      // initdb asks access(2), which leaves the capabilities of others than root out without this.
      command.add("--securebits=+no_setuid_fixup");
      command.addAll(List.of("--inh-caps=-all,+" + kept, "--ambient-caps=+" + kept));
    }
    command.add("--");
    return command;
  }

  /** The command, run as the account. */
  List<String> command(List<String> words) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(words);
    return whole;
  }

  /**
   * Gives it a file, or a folder with all that is in it; nothing happens when it has it already.
   */
  void own(Path path) throws IOException, InterruptedException {
    if (entry.isPresent()) {
      String owner = entry.get().uid() + ":" + entry.get().gid();
      if (!Files.getAttribute(path, "unix:uid").equals(entry.get().uid())) {
        Tool.run(List.of("chown", "-R", "--no-dereference", owner, path.toString()));
      }
    }
  }
}
