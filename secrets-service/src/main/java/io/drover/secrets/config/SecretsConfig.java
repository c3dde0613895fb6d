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

  /** How long a release waits for the grant that is on its way. Default: 5 s. */
  @WithDefault("PT5S")
  Duration grantPatience();
}
