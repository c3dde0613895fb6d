package io.drover.driver;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What a driver is opened with. Immutable; made by {@link #builder} or {@link #defaults}. */
public final class DriverOptions {
  private final SecretSource secrets;
  private final VolumeSource volumes;
  private final Optional<String> qemuUser;
  private final boolean qemuAsRoot;
  private final QmpDeadlines qmpDeadlines;
  private final Duration startDeadline;
  private final Duration stopDeadline;
  private final InstantSource clock;
  private final LongSupplier nanoTicker;
  private final SecureRandom random;
  private final boolean sharedNames;
  private final List<String> guestResolvers;

  private DriverOptions(Builder from) {
    this.secrets = from.secrets;
    this.volumes = from.volumes;
    this.qemuUser = from.qemuUser;
    this.qemuAsRoot = from.qemuAsRoot;
    this.qmpDeadlines = from.qmpDeadlines;
    this.startDeadline = from.startDeadline;
    this.stopDeadline = from.stopDeadline;
    this.clock = from.clock;
    this.nanoTicker = from.nanoTicker;
    this.random = from.random;
    this.sharedNames = from.sharedNames;
    this.guestResolvers = from.guestResolvers;
  }

  /** No secrets, no pools, the user of this process, the usual deadlines, the system's clocks. */
  public static DriverOptions defaults() {
    return builder().build();
  }

  /** Begins with {@link #defaults}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Begins with these options. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.secrets = secrets;
    builder.volumes = volumes;
    builder.qemuUser = qemuUser;
    builder.qemuAsRoot = qemuAsRoot;
    builder.qmpDeadlines = qmpDeadlines;
    builder.startDeadline = startDeadline;
    builder.stopDeadline = stopDeadline;
    builder.clock = clock;
    builder.nanoTicker = nanoTicker;
    builder.random = random;
    builder.sharedNames = sharedNames;
    builder.guestResolvers = guestResolvers;
    return builder;
  }

  /** Where passphrases come from. */
  public SecretSource secrets() {
    return secrets;
  }

  /** Where the volumes of pools are. */
  public VolumeSource volumes() {
    return volumes;
  }

  /** The unprivileged user that QEMU runs as; empty for this process's own. */
  public Optional<String> qemuUser() {
    return qemuUser;
  }

  /** Whether QEMU may run as root where this process does and no other user is given. */
  public boolean qemuAsRoot() {
    return qemuAsRoot;
  }

  /** How long QMP commands may take. */
  public QmpDeadlines qmpDeadlines() {
    return qmpDeadlines;
  }

  /** How long QEMU may take to open its monitor. */
  public Duration startDeadline() {
    return startDeadline;
  }

  /** How long each of {@code quit}, SIGTERM and SIGKILL may take to end QEMU. */
  public Duration stopDeadline() {
    return stopDeadline;
  }

  /** Wall time, for events. */
  public InstantSource clock() {
    return clock;
  }

  /** Monotonic nanoseconds, for durations. */
  public LongSupplier nanoTicker() {
    return nanoTicker;
  }

  /** For master keys and initialisation vectors. */
  public SecureRandom random() {
    return random;
  }

  /** Whether transient domains may have the name of another domain. */
  public boolean sharedNames() {
    return sharedNames;
  }

  /** The name servers of isolated guests; empty for those of the host. */
  public List<String> guestResolvers() {
    return guestResolvers;
  }

  public DriverOptions withSecrets(SecretSource source) {
    return toBuilder().secrets(source).build();
  }

  public DriverOptions withVolumes(VolumeSource source) {
    return toBuilder().volumes(source).build();
  }

  /** See {@link Builder#qemuUser}. */
  public DriverOptions withQemuUser(String user) {
    return toBuilder().qemuUser(user).build();
  }

  public DriverOptions withQmpDeadlines(QmpDeadlines deadlines) {
    return toBuilder().qmpDeadlines(deadlines).build();
  }

  public DriverOptions withStopDeadline(Duration deadline) {
    return toBuilder().stopDeadline(deadline).build();
  }

  public DriverOptions withClock(InstantSource source) {
    return toBuilder().clock(source).build();
  }

  /** Options to be; for one thread. */
  public static final class Builder {
    private SecretSource secrets = SecretSource.none();
    private VolumeSource volumes = VolumeSource.none();
    private Optional<String> qemuUser = Optional.empty();
    private boolean qemuAsRoot;
    private QmpDeadlines qmpDeadlines = QmpDeadlines.usual();
    private Duration startDeadline = Duration.ofSeconds(30);
    private Duration stopDeadline = Duration.ofSeconds(10);
    private InstantSource clock = InstantSource.system();
    private LongSupplier nanoTicker = System::nanoTime;
    private SecureRandom random = new SecureRandom();
    private boolean sharedNames;
    private List<String> guestResolvers = List.of();

    private Builder() {}

    public Builder secrets(SecretSource source) {
      this.secrets = source;
      return this;
    }

    public Builder volumes(VolumeSource source) {
      this.volumes = source;
      return this;
    }

    /**
     * Runs guests as another user than root, who must be this process's. Files of a domain are
     * given to this user while it runs; the driver's folders are opened for others to pass, not to
     * read. The word {@code root} is that of {@link #qemuAsRoot}.
     */
    public Builder qemuUser(String user) {
      qemuAsRoot = user.equals("root");
      qemuUser = qemuAsRoot ? Optional.empty() : Optional.of(user);
      return this;
    }

    /**
     * Lets a driver of root that has no {@link #qemuUser} run QEMU as root, with all of root's
     * rights: whoever breaks out of a guest then owns the host. Without it such a driver is not
     * opened; with it each opening logs a warning. No effect for others than root.
     */
    public Builder qemuAsRoot(boolean allowed) {
      this.qemuAsRoot = allowed;
      return this;
    }

    public Builder qmpDeadlines(QmpDeadlines deadlines) {
      this.qmpDeadlines = deadlines;
      return this;
    }

    public Builder startDeadline(Duration deadline) {
      this.startDeadline = deadline;
      return this;
    }

    public Builder stopDeadline(Duration deadline) {
      this.stopDeadline = deadline;
      return this;
    }

    public Builder clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    public Builder nanoTicker(LongSupplier ticker) {
      this.nanoTicker = ticker;
      return this;
    }

    public Builder random(SecureRandom source) {
      this.random = source;
      return this;
    }

    /**
     * Lets transient domains have a name that another domain has, as those of several tenants. By
     * default names are unique, as in libvirt. Names of persistent domains always are.
     */
    public Builder sharedNames(boolean shared) {
      this.sharedNames = shared;
      return this;
    }

    /**
     * Which name servers isolated guests ask, as IPv4 addresses. By default those of the host, and
     * where these are the host itself, the ones that systemd-resolved asks.
     */
    public Builder guestResolvers(List<String> addresses) {
      this.guestResolvers = List.copyOf(addresses);
      return this;
    }

    public DriverOptions build() {
      return new DriverOptions(this);
    }
  }
}
