package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.character.CharacterSource;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.folder.HostFileAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files, devices and sockets of the host behind character devices, and their logs. As in
 * libvirt, QEMU's user need not be able to make a file: it is made here, and given.
 */
record CharacterFiles(HostFileAccess access, Path folder) {
  /** What is to be given, once all is looked at and the files are made. */
  List<Path> toGive(DomainDefinition placed) {
    List<Path> given = new ArrayList<>();
    for (CharacterDevice device : placed.devices(CharacterDevice.class)) {
      String what = what(device);
      if (device.source() instanceof CharacterSource.HostPath host) {
        given.addAll(path(what, host));
      } else if (device.source() instanceof CharacterSource.Unix unix && unix.path() != null) {
        socket(what, Path.of(unix.path()), !"connect".equals(unix.mode()));
      }
      CharacterDevice.Log log = device.log();
      if (log != null && !Path.of(log.file()).startsWith(folder)) {
        given.add(file(what + ", its log", Path.of(log.file())));
      }
    }
    return given;
  }

  private static String what(CharacterDevice device) {
    String alias = device.info().alias();
    return "The <" + device.element() + "> device" + (alias == null ? "" : " '" + alias + "'");
  }

  private List<Path> path(String what, CharacterSource.HostPath host) {
    Path path = Path.of(host.path());
    if (host.kind().equals("file")) {
      return List.of(file(what, path));
    }
    if (host.kind().equals("pipe")) {
      List<Path> ends =
          Stream.of(path + ".in", path + ".out").map(Path::of).filter(Files::exists).toList();
      if (ends.size() == 2) {
        return ends;
      }
    }
    access.require(what, path);
    return List.of(path);
  }

  private Path file(String what, Path file) {
    if (Files.exists(file)) {
      access.require(what, file);
      return file;
    }
    access.requireFolderOf(what, file);
    DomainFolder.privateFile(file);
    return file;
  }

  /** Those in the domain's own folder are made where QEMU's user will be at home. */
  private void socket(String what, Path socket, boolean made) {
    if (socket.startsWith(folder)) {
      return;
    }
    if (made) {
      access.requirePlaceFor(what, socket);
    } else {
      access.require(what, socket);
    }
  }
}
