package io.drover.driver.internal.probe;

import java.util.HexFormat;

/**
 * The guest that accelerators are timed with: a boot sector that enters protected mode, writes
 * {@code S} to the debug console, adds to every word of 448 KiB of memory ten times over, writes
 * {@code E} and leaves through {@code isa-debug-exit}. Six million instructions that touch memory
 * tell an accelerator that runs guests from one that merely opens and emulates each instruction.
 */
final class ProbeGuest {
  static final char STARTED = 'S';
  static final char ENDED = 'E';
  static final int CONSOLE_PORT = 0xe9;
  static final int EXIT_PORT = 0xf4;

  private static final int SECTOR_BYTES = 512;
  private static final int DESCRIPTORS_AT = 0x60;

  private static final String CODE =
      "fa" // cli
          + "31c0 8ed8" // ds = 0
          + "0f0116787c" // lgdt [0x7c78]
          + "0f20c0 6683c801 0f22c0" // cr0 |= 1: protected mode
          + "ea197c0800" // jmp 0x08:0x7c19, 32 bits from here
          + "66b81000 8ed8 8ec0" // flat data segments
          + "b053 e6e9" // out 0xe9, 'S'
          + "ba0a000000" // edx = 10 passes
          + "bf00000100" // edi = 0x10000
          + "b900c00100" // ecx = 0x1c000 words
          + "890f 0117" // [edi] = ecx; [edi] += edx
          + "83c704 49 75f6" // next word
          + "4a 75e9" // next pass
          + "b045 e6e9" // out 0xe9, 'E'
          + "b000 e6f4" // leave
          + "f4 ebfd"; // halt where there is no way out

  private static final String DESCRIPTORS =
      "0000000000000000" // null
          + "ffff0000009acf00" // 0x08: code, 4 GiB
          + "ffff00000092cf00" // 0x10: data, 4 GiB
          + "1700607c0000"; // at 0x7c78: limit and address of this table

  private ProbeGuest() {}

  /** The 512 bytes of the disk. */
  static byte[] bootSector() {
    byte[] sector = new byte[SECTOR_BYTES];
    byte[] code = bytes(CODE);
    byte[] descriptors = bytes(DESCRIPTORS);
    System.arraycopy(code, 0, sector, 0, code.length);
    System.arraycopy(descriptors, 0, sector, DESCRIPTORS_AT, descriptors.length);
    sector[SECTOR_BYTES - 2] = 0x55;
    sector[SECTOR_BYTES - 1] = (byte) 0xaa;
    return sector;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
