package io.drover.driver.internal.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemDaemonsTest {
  private static final Path FOLDER = Path.of("/run/d");
  @TempDir Path vendor;
  @TempDir Path admin;

  private BackendDescriptors descriptors() {
    return new BackendDescriptors(List.of(vendor, admin));
  }

  private List<Sidecar> of(String filesystems, boolean privileged) {
    String xml =
        "<domain type='qemu'><name>a</name><memory unit='MiB'>64</memory>"
            + "<os><type arch='x86_64' machine='q35'>hvm</type></os><devices>"
            + filesystems
            + "</devices></domain>";
    return new FilesystemDaemons(descriptors(), privileged)
        .of(DomainXml.read(xml), FOLDER, "/log/d-");
  }

  private static void describe(Path folder, String file, String type, String program)
      throws IOException {
    Files.writeString(
        folder.resolve(file), "{\"type\":\"" + type + "\",\"binary\":\"" + program + "\"}");
  }

  @Test
  void takesTheFirstProgramOfItsTypeThatIsNotHidden() throws IOException {
    describe(vendor, "10-gpu.json", "gpu", "/gpu");
    describe(vendor, "20-fs.json", "fs", "/hidden");
    describe(vendor, "30-fs.json", "fs", "/replaced");
    Files.createFile(admin.resolve("20-fs.json"));
    describe(admin, "30-fs.json", "fs", "/chosen");

    assertThat(descriptors().program("fs")).contains("/chosen");
    assertThat(descriptors().program("input")).isEmpty();
  }

  @Test
  void callsTheDaemonAsItsElementSays() {
    List<Sidecar> daemons =
        of(
            """
            <filesystem><driver type='path'/><source dir='/a'/><target dir='a'/></filesystem>
            <filesystem><driver type='virtiofs'/><source socket='/s'/><target dir='b'/></filesystem>
            <filesystem><driver type='virtiofs'/>
              <binary path='/opt/vfs' xattr='off'><cache mode='none'/><sandbox mode='chroot'/>
                <thread_pool size='0'/><lock posix='on' flock='off'/></binary>
              <source dir='/c,d'/><target dir='c'/><alias name='ua-c'/></filesystem>
            """,
            true);

    assertThat(daemons)
        .containsExactly(
            new Sidecar(
                "ua-c",
                List.of(
                    "/opt/vfs",
                    "--socket-path=/run/d/fs0.sock",
                    "-o",
                    "source=/c,,d,cache=none,sandbox=chroot,no_xattr,no_flock,posix_lock",
                    "--thread-pool-size=0"),
                "--socket-path=/run/d/fs0.sock",
                Path.of("/run/d/fs0.sock"),
                Path.of("/log/d-fs0-virtiofsd.log")));
  }

  @Test
  void saysWhatAHostLacks() {
    String plain =
        "<filesystem><driver type='virtiofs'/><source dir='/a'/><target dir='a'/></filesystem>";

    assertThatThrownBy(() -> of(plain, true))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("install virtiofsd");
    assertThatThrownBy(() -> of(plain, false))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("needs root");
  }
}
