package io.drover.agent.event;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One Kafka record that waits to be sent.
 *
 * @param value not copied; nobody changes it
 */
record SpoolRecord(String topic, String key, Map<String, byte[]> headers, byte[] value) {
  byte[] encode() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + 512);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(topic);
      out.writeUTF(key);
      out.writeInt(headers.size());
      for (Map.Entry<String, byte[]> header : headers.entrySet()) {
        out.writeUTF(header.getKey());
        writeBytes(out, header.getValue());
      }
      writeBytes(out, value);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory does not fail", e);
    }
  }

  static SpoolRecord decode(byte[] frame) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(frame))) {
      String topic = in.readUTF();
      String key = in.readUTF();
      int count = in.readInt();
      Map<String, byte[]> headers = new LinkedHashMap<>();
      for (int i = 0; i < count; i++) {
        headers.put(in.readUTF(), readBytes(in));
      }
      return new SpoolRecord(topic, key, headers, readBytes(in));
    } catch (IOException e) {
      throw new UncheckedIOException("A spooled record passed its checksum but is malformed", e);
    }
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
