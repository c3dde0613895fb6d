package io.drover.driver.internal.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/**
 * Stands for the internet in tests of networks: a web server and a name server that knows one
 * address. Ends with its input.
 */
final class OutsideProgram {
  static final int WEB_PORT = 9001;
  static final String WORDS = "from-outside";
  private static final int NAME_PORT = 53;
  private static final int HEADER = 12;

  private OutsideProgram() {}

  /** The first argument is its address, which every name has too. */
  public static void main(String[] arguments) throws IOException {
    byte[] address = InetAddress.getByName(arguments[0]).getAddress();
    ServerSocket web = new ServerSocket(WEB_PORT);
    DatagramSocket names = new DatagramSocket(NAME_PORT, InetAddress.getByName(arguments[0]));
    start(() -> serve(web, WORDS));
    start(() -> answer(names, address));
    System.out.println("ready");
    System.out.flush();
    while (System.in.read() >= 0) {}
  }

  static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  /** Answers each request with these words. */
  static void serve(ServerSocket web, String words) {
    while (true) {
      try (Socket client = web.accept()) {
        client
            .getOutputStream()
            .write(("HTTP/1.0 200 OK\r\n\r\n" + words + "\n").getBytes(US_ASCII));
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
      } catch (IOException e) {
        if (web.isClosed()) {
          return;
        }
      }
    }
  }

  private static void answer(DatagramSocket names, byte[] address) {
    try {
      while (true) {
        DatagramPacket query = new DatagramPacket(new byte[512], 512);
        names.receive(query);
        byte[] reply = reply(Arrays.copyOf(query.getData(), query.getLength()), address);
        names.send(new DatagramPacket(reply, reply.length, query.getSocketAddress()));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** One answer for an A query, none for others. */
  private static byte[] reply(byte[] query, byte[] address) {
    int end = HEADER;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    end += 5;
    boolean four = query[end - 3] == 1;
    byte[] answer = {(byte) 0xc0, HEADER, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4};
    byte[] reply = Arrays.copyOf(query, end + (four ? answer.length + address.length : 0));
    reply[2] = (byte) 0x81;
    reply[3] = (byte) 0x80;
    reply[7] = (byte) (four ? 1 : 0);
    Arrays.fill(reply, 8, HEADER, (byte) 0);
    if (four) {
      System.arraycopy(answer, 0, reply, end, answer.length);
      System.arraycopy(address, 0, reply, end + answer.length, address.length);
    }
    return reply;
  }
}
