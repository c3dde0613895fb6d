package io.drover.driver;

import java.nio.file.Path;

/**
 * An image on this host.
 *
 * @param path an absolute path that the host chose, never a tenant
 * @param format what the image is said to be; its content is read as that and nothing else
 */
public record ImageFile(Path path, ImageFormat format) {}
