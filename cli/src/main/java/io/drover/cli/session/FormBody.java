package io.drover.cli.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;

/** A form body that may hold a password: kept as bytes, and wiped after use. */
final class FormBody {
  private byte[] bytes = new byte[0];

  FormBody put(String name, String value) {
    return append(name, URLEncoder.encode(value, UTF_8).getBytes(UTF_8));
  }

  /** Appends a secret without ever making a String of it. */
  FormBody put(String name, char[] secret) {
    ByteBuffer utf8 = UTF_8.encode(CharBuffer.wrap(secret));
    byte[] escaped = new byte[utf8.remaining() * 3];
    for (int i = 0; utf8.hasRemaining(); i += 3) {
      int b = utf8.get() & 0xff;
      escaped[i] = '%';
      escaped[i + 1] = (byte) Character.toUpperCase(Character.forDigit(b >> 4, 16));
      escaped[i + 2] = (byte) Character.toUpperCase(Character.forDigit(b & 15, 16));
    }
    Arrays.fill(utf8.array(), (byte) 0);
    append(name, escaped);
    Arrays.fill(escaped, (byte) 0);
    return this;
  }

  private FormBody append(String name, byte[] value) {
    byte[] prefix = ((bytes.length == 0 ? "" : "&") + name + "=").getBytes(UTF_8);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + prefix.length + value.length);
    System.arraycopy(prefix, 0, longer, bytes.length, prefix.length);
    System.arraycopy(value, 0, longer, bytes.length + prefix.length, value.length);
    wipe();
    bytes = longer;
    return this;
  }

  /** A copy, which the caller wipes. */
  byte[] bytes() {
    return bytes.clone();
  }

  void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }
}
