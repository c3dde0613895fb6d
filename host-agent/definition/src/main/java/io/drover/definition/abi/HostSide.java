package io.drover.definition.abi;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a definition only the host sees. An element that stands here is left out with all that is
 * in it; {@code *} stands for any device.
 */
final class HostSide {
  private static final String DOMAIN =
      """
      xmlns:qemu title description metadata
      memtune blkiotune cputune numatune resource seclabel keywrap idmap perf
      memoryBacking memory/@dumpCore iothreadids defaultiothread
      on_poweroff on_reboot on_crash on_lockfailure
      vcpu/@placement vcpu/@cpuset
      os/@firmware os/firmware os/loader/text() os/nvram os/boot os/bootmenu os/bios
      os/kernel os/initrd os/cmdline os/dtb
      cpu/@check cpu/@match cpu/model/@fallback
      cpu/numa/cell/@memAccess cpu/numa/cell/@discard
      clock/@offset clock/@adjustment clock/@basis clock/@timezone clock/@start
      clock/timer/@tickpolicy clock/timer/@track clock/timer/catchup
      launchSecurity/session launchSecurity/dhCert
      qemu:commandline/qemu:env qemu:capabilities qemu:deprecation
      """;

  private static final String DEVICES =
      """
      emulator graphics audio lease
      */alias */boot
      disk/@type disk/@snapshot disk/@rawio disk/@sgio disk/source disk/backingStore disk/mirror
      disk/iotune disk/throttlefilters disk/transient disk/target/@tray
      disk/driver/@name disk/driver/@type disk/driver/@cache disk/driver/@io disk/driver/@discard
      disk/driver/@detect_zeroes disk/driver/@error_policy disk/driver/@rerror_policy
      disk/driver/@iothread disk/driver/@copy_on_read disk/driver/@ioeventfd
      disk/driver/metadata_cache
      controller/driver/@iothread controller/driver/@ioeventfd
      interface/@type interface/@managed interface/@trustGuestRxFilters interface/source
      interface/target interface/link interface/bandwidth interface/filterref
      interface/virtualport interface/script interface/downscript interface/backend
      interface/tune interface/guest interface/ip interface/route interface/coalesce
      interface/portForward interface/vlan interface/port
      interface/driver/@name interface/driver/@txmode interface/driver/@ioeventfd
      serial/@type serial/source serial/protocol serial/log
      parallel/@type parallel/source parallel/protocol parallel/log
      console/@type console/source console/protocol console/log
      channel/@type channel/source channel/protocol channel/log channel/target/@state
      filesystem/@accessmode filesystem/@fmode filesystem/@dmode filesystem/@multidevs
      filesystem/source filesystem/readonly filesystem/binary filesystem/idmap
      filesystem/driver/@name filesystem/driver/@format filesystem/driver/@wrpolicy
      filesystem/space_hard_limit filesystem/space_soft_limit
      input/source rng/backend rng/rate
      video/model/acceleration/@rendernode
      watchdog/@action memballoon/stats crypto/backend/@model crypto/backend/@type
      tpm/backend/@type tpm/backend/@persistent_state tpm/backend/@debug tpm/backend/encryption
      tpm/backend/device tpm/backend/source
      hostdev/@managed hostdev/@sgio hostdev/@rawio hostdev/source hostdev/driver
      redirdev/@type redirdev/source redirdev/protocol
      smartcard/@type smartcard/source smartcard/certificate smartcard/database
      smartcard/protocol sound/audio shmem/server/@path
      memory/@access memory/@discard memory/source/nodemask memory/source/pagesize
      memory/source/path memory/target/requested memory/target/current
      vsock/cid/@auto
      """;

  private static final Set<String> PATHS =
      (DOMAIN + DEVICES.strip().replaceAll("(^|\\s+)", "$1devices/"))
          .lines()
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private HostSide() {}

  /** Whether only the host sees what stands at this path below {@code /domain}. */
  static boolean has(String path) {
    return PATHS.contains(path)
        || path.startsWith("devices/")
            && PATHS.contains("devices/*/" + path.substring(path.lastIndexOf('/') + 1))
            && path.chars().filter(c -> c == '/').count() == 2;
  }
}
