package io.drover.driver.internal.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.ImageFile;
import io.drover.driver.ImageFormat;
import io.drover.driver.SecretBytes;
import io.drover.driver.internal.process.ToolProcess;
import io.drover.driver.internal.process.UserIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code qemu-img} commands that volumes need. A passphrase reaches the tool on its standard
 * input alone. An image is looked at under limits of CPU time and memory, because its headers are a
 * tenant's input.
 */
final class QemuImg {
  private static final Duration INFO_DEADLINE = Duration.ofSeconds(30);
  private static final List<String> INFO_LIMITS =
      List.of("prlimit", "--cpu=20", "--as=1073741824", "--");

  private static final long COPY_ADDRESS_SPACE = 8L << 30;

  /**
   * A 256 bit random key needs no stretching, and with the default each start would pay for it;
   * sha512 because {@code qemu-img} measures the others too coarsely now and then.
   */
  private static final String LUKS_OPTIONS =
      "cipher-alg=aes-256,cipher-mode=xts,ivgen-alg=plain64,hash-alg=sha512,iter-time=10";

  private static final String COARSE_CLOCK = "Unable to get accurate CPU usage";
  private static final int CREATE_TRIES = 5;
  private static final byte[] NO_INPUT = {};

  private final Duration deadline;
  private final Optional<String> user;

  /** All as this program's own user. */
  QemuImg(Duration deadline) {
    this(deadline, Optional.empty());
  }

  /**
   * @param deadline how long one copy or creation may take
   * @param user who reads images, without any privileges; empty for this program's own
   */
  QemuImg(Duration deadline, Optional<String> user) {
    this.deadline = deadline;
    this.user = user;
  }

  ImageInfo inspect(ImageFile image) {
    List<String> command = new ArrayList<>(INFO_LIMITS);
    user.ifPresent(name -> command.addAll(UserIds.switching(name)));
    command.addAll(
        List.of("qemu-img", "info", "-f", image.format().qemuName(), "--output=json", "--"));
    command.add(image.path().toString());
    ToolProcess.Result result = ToolProcess.run(command, NO_INPUT, INFO_DEADLINE);
    if (result.exitStatus() != 0) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The image cannot be read as "
              + image.format().qemuName()
              + "; check that it is whole and that its format is stated rightly.");
    }
    JsonNode info =
        ContractJson.read(result.output().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    return ImageInfo.requireSelfContained(info);
  }

  /**
   * The size that a guest sees.
   *
   * @param node the image in the words of {@code blockdev-add}; no image below it is opened, but a
   *     file for its data that its header names is
   * @param user who looks; empty for this program's own
   */
  long virtualSize(JsonNode node, Optional<String> user) {
    List<String> command = new ArrayList<>(INFO_LIMITS);
    user.ifPresent(name -> command.addAll(UserIds.switching(name)));
    command.addAll(List.of("qemu-img", "info", "-U", "--output=json", "--", "json:" + node));
    ToolProcess.Result result = ToolProcess.run(command, NO_INPUT, INFO_DEADLINE);
    requireDone("The size of an image is not known", result);
    byte[] output = result.output().getBytes(StandardCharsets.UTF_8);
    return ContractJson.read(output, JsonNode.class).path("virtual-size").asLong();
  }

  void create(Path file, ImageFormat format, long capacityBytes, Optional<SecretBytes> key) {
    List<String> command = new ArrayList<>(List.of("qemu-img", "create", "-q"));
    if (key.isEmpty()) {
      command.addAll(List.of("-f", format.qemuName()));
    } else if (format == ImageFormat.RAW) {
      command.addAll(secretFromStdin());
      command.addAll(List.of("-f", "luks", "-o", "key-secret=volume," + LUKS_OPTIONS));
    } else {
      command.addAll(secretFromStdin());
      command.addAll(List.of("-f", "qcow2", "-o", qcow2LuksOptions()));
    }
    command.add(file.toString());
    command.add(Long.toString(capacityBytes));
    ToolProcess.Result result = run(command, key);
    for (int tries = 1; coarse(result) && tries < CREATE_TRIES; tries++) {
      result = run(command, key);
    }
    requireDone("The volume cannot be created", result);
  }

  /** Copies the image's content into a volume that exists and is large enough. */
  void copyInto(ImageFile image, Path file, ImageFormat format, Optional<SecretBytes> key) {
    List<String> command = new ArrayList<>(copyLimits());
    user.ifPresent(name -> command.addAll(asOther(name)));
    command.addAll(List.of("qemu-img", "convert", "-q", "-n", "-f", image.format().qemuName()));
    if (key.isPresent()) {
      command.addAll(secretFromStdin());
    }
    command.addAll(List.of("--target-image-opts", image.path().toString()));
    command.add(targetOptions(file, format, key.isPresent()));
    requireDone("The image cannot be copied into the volume", run(command, key));
  }

  /** Memory is address space here: most of it is the stacks of threads. */
  private List<String> copyLimits() {
    String cpu = "--cpu=" + 4 * Math.max(1, deadline.toSeconds()); // several threads
    return List.of("prlimit", cpu, "--as=" + COPY_ADDRESS_SPACE, "--core=0:0", "--");
  }

  /**
   * A pipe belongs to who made it, and another user may not open it again, as a secret of {@code
   * file=/dev/stdin} is: this one is made by the user. The tool ends with the shell.
   */
  private static List<String> asOther(String user) {
    List<String> command = new ArrayList<>(UserIds.switching(user));
    command.addAll(
        List.of("sh", "-c", "cat | exec setpriv --pdeathsig KILL -- \"$@\"", "qemu-img"));
    return command;
  }

  private static List<String> secretFromStdin() {
    return List.of("--object", "secret,id=volume,format=raw,file=/dev/stdin");
  }

  private static String qcow2LuksOptions() {
    String prefixed = "encrypt." + LUKS_OPTIONS.replace(",", ",encrypt.");
    return "encrypt.format=luks,encrypt.key-secret=volume," + prefixed;
  }

  private static String targetOptions(Path file, ImageFormat format, boolean encrypted) {
    String node = "file.driver=file,file.filename=" + file.toString().replace(",", ",,");
    if (!encrypted) {
      return "driver=" + format.qemuName() + "," + node;
    }
    return format == ImageFormat.RAW
        ? "driver=luks,key-secret=volume," + node
        : "driver=qcow2,encrypt.format=luks,encrypt.key-secret=volume," + node;
  }

  private ToolProcess.Result run(List<String> command, Optional<SecretBytes> key) {
    return key.map(secret -> secret.use(bytes -> ToolProcess.run(command, bytes, deadline)))
        .orElseGet(() -> ToolProcess.run(command, NO_INPUT, deadline));
  }

  private static boolean coarse(ToolProcess.Result result) {
    return result.exitStatus() != 0 && result.output().contains(COARSE_CLOCK);
  }

  private static void requireDone(String what, ToolProcess.Result result) {
    if (result.exitStatus() != 0) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          what + ": qemu-img ended with " + result.exitStatus() + ": " + result.output().strip());
    }
  }
}
