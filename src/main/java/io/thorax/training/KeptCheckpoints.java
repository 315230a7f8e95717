package io.thorax.training;

import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The two latest checkpoints of a training as files: should the last one be damaged, the one before
 * is gone on from.
 */
public final class KeptCheckpoints implements CheckpointStore {
  private static final Logger LOG = Logger.getLogger(KeptCheckpoints.class);
  private static final int KEPT = 2;
  private static final Pattern NAME = Pattern.compile("checkpoint-\\d{6}\\.zip");

  private final CheckpointFiles files;

  public KeptCheckpoints(CheckpointFiles files) {
    this.files = files;
  }

  /** Whether a file of this name is a checkpoint. */
  public static boolean isCheckpoint(String name) {
    return NAME.matcher(name).matches();
  }

  @Override
  public Optional<Checkpoint> latest() {
    return inScratch(
        scratch -> {
          for (String name : latestFirst()) {
            Optional<Checkpoint> checkpoint = read(name, scratch);
            if (checkpoint.isPresent()) {
              return checkpoint;
            }
          }
          return Optional.empty();
        });
  }

  private Optional<Checkpoint> read(String name, Path scratch) {
    Path copy = scratch.resolve(name);
    try {
      files.get(name, copy);
    } catch (Failure.Rejected refused) {
      if (refused.reason() != RejectReason.NOT_FOUND) {
        throw refused;
      }
      return passedOver(name, refused);
    }
    try {
      return Optional.of(CheckpointArchive.read(copy, scratch));
    } catch (Failure.Poison damaged) {
      return passedOver(name, damaged);
    }
  }

  private static Optional<Checkpoint> passedOver(String name, Failure why) {
    LOG.warnf("%s is passed over, the one before it is used: %s", name, why.getMessage());
    return Optional.empty();
  }

  @Override
  public void save(Checkpoint checkpoint) {
    String name = String.format("checkpoint-%06d.zip", checkpoint.epoch());
    inScratch(
        scratch -> {
          Path file = scratch.resolve(name);
          CheckpointArchive.write(checkpoint, file, scratch);
          files.put(name, file);
          return name;
        });
    latestFirst().stream().skip(KEPT).forEach(files::delete);
  }

  private List<String> latestFirst() {
    return files.names().stream()
        .filter(KeptCheckpoints::isCheckpoint)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static <T> T inScratch(Function<Path, T> work) {
    try {
      Path scratch = Files.createTempDirectory("thorax-checkpoint");
      try {
        return work.apply(scratch);
      } finally {
        clear(scratch);
      }
    } catch (IOException e) {
      throw new Failure.Poison("the temporary directory cannot be used", e);
    }
  }

  private static void clear(Path directory) throws IOException {
    try (var left = Files.list(directory)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
