package io.thorax.inference;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;

/** How models are loaded and run. */
@ConfigMapping(prefix = "thorax.inference")
public interface InferenceConfig {

  /**
   * The alias that must resolve before the process is ready, and that reads what names no model.
   */
  @WithDefault("champion")
  String alias();

  /** How often the aliases in use are looked up; a moved one is followed within this time. */
  @WithDefault("2s")
  @DurationMin(millis = 100, message = "must be at least {millis} ms")
  Duration aliasRefresh();

  /** Where bundles are kept between starts, a folder a digest. */
  @WithDefault("${java.io.tmpdir}/thorax-${user.name}/models")
  Path cacheDirectory();

  /**
   * The batch sizes that are warmed and run; a batch of another size is made up of these, the last
   * one filled up with blanks.
   */
  @WithDefault("1,2,4,8,16,32")
  @NotEmpty
  List<@Min(1) Integer> batchSizes();

  /** Models kept loaded beside the default one: those that uploads name. */
  @WithDefault("1")
  @Min(0)
  int extraModels();

  /** Threads within one operation; 0 takes the number of processors. */
  @WithDefault("0")
  @Min(0)
  int intraOpThreads();

  /** Operations at once, over all requests under way. */
  @WithDefault("2")
  @Min(1)
  int interOpThreads();
}
