package io.drover.agent.command;

import static java.util.stream.Collectors.joining;

import io.drover.agent.file.DurableFile;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The commands that this host has taken: one file for each that is not finished, and a list of
 * those that are, so that a record read twice is carried out once. Thread-safe.
 */
final class CommandJournal {
  private static final int REMEMBERED = 10_000;

  private static final Pattern DONE =
      Pattern.compile("\\S+ (?<subject>[0-9a-f-]{36}) (?<generation>[0-9]{1,18})");

  private final Path folder;
  private final Path doneFile;
  private final Path positionFile;
  private final Path firstEpochFile;
  private final Map<String, Path> open = new HashMap<>();
  private final Set<String> done = new LinkedHashSet<>();
  private final Map<UUID, Long> generations = new HashMap<>();
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
    this.firstEpochFile = folder.resolve("first-epoch");
  }

  static CommandJournal open(Path folder) {
    CommandJournal journal = new CommandJournal(DurableFile.folder(folder));
    journal.loadDone();
    return journal;
  }

  /** The epochs that this journal knows everything about, if this is the current one. */
  Epochs epochs(long current) {
    long first =
        DurableFile.read(firstEpochFile)
            .map(bytes -> Long.parseLong(new String(bytes, StandardCharsets.UTF_8).strip()))
            .orElse(current);
    if (first == current) {
      DurableFile.replace(firstEpochFile, Long.toString(first).getBytes(StandardCharsets.UTF_8));
    }
    return new Epochs(first, current);
  }

  /** The newest generation of each subject among the commands that former runs have taken. */
  synchronized Map<UUID, Long> generations() {
    Map<UUID, Long> newest = new HashMap<>(generations);
    for (CommandEntry entry : unfinished()) {
      CommandHeader header = entry.command().header();
      newest.merge(header.subject(), header.generation(), Math::max);
    }
    return newest;
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

  /**
   * The command is done with. Its events must be safe before. That it is done is on disk before its
   * entry goes, as the offset behind it may not be yet: read again, it must still be known.
   */
  synchronized void finish(HostCommand command) {
    String key = key(command);
    done.add(key);
    DurableFile.append(doneFile, (line(command) + "\n").getBytes(StandardCharsets.UTF_8));
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
    List<String> kept =
        DurableFile.read(doneFile)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8).lines().toList())
            .map(lines -> lines.subList(Math.max(0, lines.size() - REMEMBERED), lines.size()))
            .orElse(List.of());
    kept.forEach(this::noteDone);
    DurableFile.replace(
        doneFile,
        kept.stream().map(line -> line + "\n").collect(joining()).getBytes(StandardCharsets.UTF_8));
  }

  /** A power cut may have cut the last line, and former versions kept the key alone. */
  private void noteDone(String line) {
    done.add(line.split(" ", 2)[0]);
    Matcher whole = DONE.matcher(line);
    if (whole.matches()) {
      UUID subject = UUID.fromString(whole.group("subject"));
      generations.merge(subject, Long.parseLong(whole.group("generation")), Math::max);
    }
  }

  private static String line(HostCommand command) {
    CommandHeader header = command.header();
    return key(command) + " " + header.subject() + " " + header.generation();
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
