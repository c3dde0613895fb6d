package io.drover.agent.command;

import io.drover.agent.file.DurableFile;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The commands that this host has taken: one file for each that is not finished, and a list of
 * those that are, so that a record read twice is carried out once. Thread-safe.
 */
final class CommandJournal {
  private static final int REMEMBERED = 10_000;

  private final Path folder;
  private final Path doneFile;
  private final Path positionFile;
  private final Map<String, Path> open = new HashMap<>();
  private final Set<String> done = new LinkedHashSet<>();
  private long order;

  /**
   * Where reading goes on.
   *
   * @param topicId of the topic that the offset belongs to: one made anew begins at 0 again
   */
  record Position(String topicId, long next) {}

  private CommandJournal(Path folder) {
    this.folder = folder;
    this.doneFile = folder.resolve("done");
    this.positionFile = folder.resolve("position");
  }

  static CommandJournal open(Path folder) {
    CommandJournal journal = new CommandJournal(DurableFile.folder(folder));
    journal.loadDone();
    return journal;
  }

  /** The commands to go on with after a restart, in the order of their arrival. */
  synchronized List<CommandEntry> unfinished() {
    List<CommandEntry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(CommandJournal::isEntry).sorted().toList()) {
        CommandEntry entry = CommandEntry.decode(Files.readAllBytes(file));
        order = Math.max(order, entry.order());
        String key = key(entry.command());
        if (done.contains(key)) {
          DurableFile.remove(file);
        } else {
          open.put(key, file);
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the command journal " + folder, e);
    }
    return entries;
  }

  /** Keeps the command, durably; null when it is known already. */
  synchronized @Nullable CommandEntry accept(
      HostCommand command, Map<String, byte[]> headers, byte[] value) {
    String key = key(command);
    if (isKnown(command)) {
      return null;
    }
    order++;
    CommandEntry entry = new CommandEntry(order, headers, value);
    Path file = folder.resolve("%020d-%s.json".formatted(order, command.header().id()));
    DurableFile.replace(file, entry.encode());
    open.put(key, file);
    return entry;
  }

  synchronized boolean isKnown(HostCommand command) {
    String key = key(command);
    return open.containsKey(key) || done.contains(key);
  }

  /** The command has ended. Its events must be on disk before. */
  synchronized void finish(HostCommand command) {
    String key = key(command);
    done.add(key);
    try {
      Files.writeString(doneFile, key + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + doneFile, e);
    }
    Path file = open.remove(key);
    if (file != null) {
      DurableFile.remove(file);
    }
  }

  /** How many commands are not finished. */
  synchronized int size() {
    return open.size();
  }

  @Nullable Position position() {
    return DurableFile.read(positionFile)
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip().split(" ", 2))
        .map(parts -> new Position(parts[0], Long.parseLong(parts[1])))
        .orElse(null);
  }

  void moveTo(Position position) {
    DurableFile.replace(
        positionFile,
        (position.topicId() + " " + position.next()).getBytes(StandardCharsets.UTF_8));
  }

  private void loadDone() {
    DurableFile.read(doneFile)
        .ifPresent(
            bytes -> {
              List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
              done.addAll(lines.subList(Math.max(0, lines.size() - REMEMBERED), lines.size()));
            });
    DurableFile.replace(
        doneFile,
        (done.isEmpty() ? "" : String.join("\n", done) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isEntry(Path file) {
    return file.getFileName().toString().endsWith(".json");
  }

  /** One operation may repeat a command of another: both are carried out. */
  private static String key(HostCommand command) {
    CommandHeader header = command.header();
    return header.id() + "/" + header.operationId();
  }
}
