package io.drover.agent.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A guest of one boot sector: says that it is up on its first serial port, echoes what is typed,
 * and powers off through ACPI's port when a q is typed.
 */
public final class TestGuest {
  public static final String READY = "test guest ready";

  private static final String CODE =
      "31c08ed88ed0bc007cbe447cfc" // segments, stack, si = the text
          + "ac84c07405e82000ebf6" // print it
          + "bafd03eca80174f8" // wait for a byte on COM1
          + "baf803ec3c717405" // a q: leave the loop
          + "e80b00ebeb" // else echo it
          + "ba0406b80020efebfe" // outw 0x2000 to 0x604: power off
          + "50bafd03eca82074f8baf80358eec3"; // write a byte when COM1 is ready

  /** Tells the panic device in a loop that a crash kernel was loaded, which only is an event. */
  private static final String FLOOD_CODE = "ba0505b002" + "eeebfd";

  private TestGuest() {}

  /** The disk. */
  public static byte[] disk() {
    return bootable(CODE, (READY + "\r\n\0").getBytes(StandardCharsets.US_ASCII));
  }

  /** The disk of a guest that causes QMP events as fast as it can; it needs a panic device. */
  public static byte[] floodingDisk() {
    return bootable(FLOOD_CODE, new byte[0]);
  }

  private static byte[] bootable(String hex, byte[] text) {
    byte[] code = HexFormat.of().parseHex(hex);
    byte[] sector = new byte[512];
    System.arraycopy(code, 0, sector, 0, code.length);
    System.arraycopy(text, 0, sector, code.length, text.length);
    sector[510] = 0x55;
    sector[511] = (byte) 0xaa;
    return Arrays.copyOf(sector, 64 * 1024);
  }

  /** A definition with one disk from the volume {@code root} and a serial console. */
  public static String definition(String name) {
    return """
        <domain type='qemu'>
          <name>%s</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <features><acpi/></features>
          <devices>
            <disk type='volume' device='disk'>
              <driver name='qemu' type='qcow2'/>
              <source pool='drover' volume='root'/>
              <target dev='vda' bus='virtio'/>
            </disk>
            <serial type='pty'><target port='0'/></serial>
            <console type='pty'><target type='serial' port='0'/></console>
          </devices>
        </domain>
        """
        .formatted(name);
  }

  /** A definition without disks. */
  public static String diskless(String name) {
    return """
        <domain type='qemu'>
          <name>%s</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
        </domain>
        """
        .formatted(name);
  }
}
