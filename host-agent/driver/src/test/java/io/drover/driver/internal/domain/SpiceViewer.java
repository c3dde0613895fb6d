package io.drover.driver.internal.domain;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Links to the main channel of a SPICE server, as the protocol's document tells a client to. */
final class SpiceViewer {
  private static final byte[] MAGIC = "REDQ".getBytes(StandardCharsets.US_ASCII);
  private static final int LINK_MESSAGE_BYTES = 18;
  private static final int KEY_BYTES = 162;
  private static final byte MAIN_CHANNEL = 1;

  private SpiceViewer() {}

  /** Whether the server lets somebody in with this password; "" is that of a server without. */
  static boolean letsIn(Socket server, String password)
      throws IOException, GeneralSecurityException {
    server.getOutputStream().write(link());
    DataInputStream said = new DataInputStream(server.getInputStream());
    ByteBuffer header = little(read(said, 16));
    byte[] magic = new byte[4];
    header.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("no SPICE server: " + new String(magic, StandardCharsets.ISO_8859_1));
    }
    ByteBuffer reply = little(read(said, header.getInt(12)));
    if (reply.getInt() != 0) {
      return false;
    }
    byte[] key = new byte[KEY_BYTES];
    reply.get(key);
    server.getOutputStream().write(ticket(key, password));
    return little(read(said, 4)).getInt() == 0;
  }

  private static byte[] link() {
    ByteBuffer link = ByteBuffer.allocate(16 + LINK_MESSAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    link.put(MAGIC).putInt(2).putInt(2).putInt(LINK_MESSAGE_BYTES);
    // A new connection, the main channel, no capabilities and where they would be.
    link.putInt(0).put(MAIN_CHANNEL).put((byte) 0).putInt(0).putInt(0).putInt(LINK_MESSAGE_BYTES);
    return link.array();
  }

  private static byte[] ticket(byte[] key, String password) throws GeneralSecurityException {
    PublicKey publicKey = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key));
    Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    rsa.init(Cipher.ENCRYPT_MODE, publicKey);
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    word.writeBytes(password.getBytes(StandardCharsets.UTF_8));
    word.write(0);
    return rsa.doFinal(word.toByteArray());
  }

  private static byte[] read(DataInputStream said, int count) throws IOException {
    byte[] bytes = new byte[count];
    said.readFully(bytes);
    return bytes;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
