package io.drover.secrets.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of the secrets-service. */
@ConfigMapping(prefix = "drover.secrets")
public interface SecretsConfig {
  /** The file with the root keys, one a line; readable by its owner alone. Default: none. */
  Optional<Path> rootKeyFile();

  /** The root keys as text, where a file cannot be had. Default: none. */
  Optional<String> rootKey();

  /** The schedulers' Ed25519 public keys (PEM): no event is theirs that none of them has signed. */
  Path schedulerKeysFile();

  /** The bus' keys, base64 of 32 bytes a line: hosts and gateways seal by keys made of them. */
  Path busKeysFile();

  /** How long a release waits for the grant that is on its way. Default: 5 s. */
  @WithDefault("PT5S")
  Duration grantPatience();

  /** How often unsent audit entries are looked for and published. */
  @WithDefault("PT1S")
  Duration auditPublishEvery();

  /** How often the newest audit entry's number and hash are written to the log. */
  @WithDefault("PT1H")
  Duration auditHeadEvery();

  /** How records of topics are tried again. */
  Delivery delivery();

  /** Retries of a record that cannot be processed; the same keys and defaults in each service. */
  interface Delivery {
    /** The pause before the first retry; each later one is twice as long. */
    @WithDefault("PT0.05S")
    Duration firstPause();

    /** The longest pause between retries. */
    @WithDefault("PT2S")
    Duration longestPause();

    /** After this many failures that are the record's own it becomes a dead letter. */
    @WithDefault("3")
    int attempts();
  }
}
