package io.drover.driver.internal.folder;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files by which a running QEMU is reached and read.
 *
 * @param folder the domain's own, with its sockets
 * @param monitor the socket of QMP
 * @param log QEMU's own output
 * @param consoleSocket of the first serial console
 * @param consoleLog what QEMU writes that console to besides
 */
public record QemuFiles(
    Path folder, Path monitor, Path log, Optional<Path> consoleSocket, Optional<Path> consoleLog) {}
