package io.thorax.workflow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotEmpty;
import java.util.Set;

/** What this process is. */
@ConfigMapping(prefix = "thorax")
public interface ThoraxConfig {

  /** The roles of this process: any of classify, explain, train, dataset, api. */
  @WithDefault("classify,explain,train,dataset,api")
  @NotEmpty
  Set<Role> roles();
}
