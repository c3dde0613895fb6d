package io.drover.contracts.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a Kafka record is signed. Its topic is a part of it: a command to one host is none to
 * another.
 *
 * @param key the record's key; empty where it has none
 * @param headers all of the record; those with the prefix {@code ce_} are signed, as traces and
 *     other marks of the way are not the signer's
 */
public record SignedRecord(String topic, String key, Map<String, byte[]> headers, byte[] value) {
  /** The header with the scheduler's signature, or the seal of a host or gateway; base64. */
  public static final String HEADER = "drover_signature";

  static final String ALGORITHM = "Ed25519";
  private static final String VERSION = "drover-record-1";
  private static final String SIGNED_PREFIX = "ce_";

  /** Every part with its length before it, so that no two records have the same bytes. */
  byte[] bytes() {
    Map<String, byte[]> signed = new TreeMap<>(headers);
    signed.keySet().removeIf(name -> !name.startsWith(SIGNED_PREFIX));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + 1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, VERSION.getBytes(UTF_8));
      write(out, topic.getBytes(UTF_8));
      write(out, key.getBytes(UTF_8));
      out.writeInt(signed.size());
      for (Map.Entry<String, byte[]> header : signed.entrySet()) {
        write(out, header.getKey().getBytes(UTF_8));
        write(out, header.getValue());
      }
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte[] part) throws IOException {
    out.writeInt(part.length);
    out.write(part);
  }
}
