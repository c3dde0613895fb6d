package io.drover.contracts.command;

import io.drover.contracts.id.ImageId;

/**
 * The image that a new volume starts from; a host fetches it from the gateway and keeps it by hash.
 *
 * @param format {@code raw} or {@code qcow2}
 * @param sizeBytes the length of the image file
 * @param sha256 of the image file, in lower case hex; a host refuses other content
 */
public record ImageSource(ImageId imageId, String format, long sizeBytes, String sha256) {}
