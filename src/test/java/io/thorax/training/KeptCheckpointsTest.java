package io.thorax.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.model.NetworkState;
import io.thorax.model.NetworkState.NamedArray;
import io.thorax.study.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptCheckpointsTest {
  @TempDir Path directory;
  private KeptCheckpoints checkpoints;

  @BeforeEach
  void open() {
    checkpoints = new KeptCheckpoints(new DirectoryCheckpointFiles(directory));
  }

  private static Checkpoint checkpoint(int epoch, int bestEpoch) {
    NamedArray weights = new NamedArray(List.of(2, 2), new float[] {epoch, 2, 3, 4});
    NamedArray slots = new NamedArray(List.of(1), new float[] {epoch});
    NamedArray best = new NamedArray(List.of(2, 2), new float[] {bestEpoch, 2, 3, 4});
    return new Checkpoint(
        Sha256.ofUtf8("plan"),
        7,
        epoch,
        new NetworkState(Map.of("w", weights, "w/m", slots)),
        new Checkpoint.Best(bestEpoch, 0.5, new NetworkState(Map.of("w", best))),
        IntStream.rangeClosed(1, epoch)
            .mapToObj(i -> new EpochRecord(i, Map.of("loss", 0.1 * i), Map.of("loss", 0.5), i))
            .toList());
  }

  @Test
  void thereIsNoneAtFirst() {
    assertTrue(checkpoints.latest().isEmpty());
  }

  @Test
  void comesBackAsItWasSaved() {
    Checkpoint saved = checkpoint(3, 1);
    checkpoints.save(saved);
    Checkpoint read = checkpoints.latest().orElseThrow();

    assertEquals(saved.plan(), read.plan());
    assertEquals(7, read.seed());
    assertEquals(3, read.epoch());
    assertEquals(saved.history(), read.history());
    assertArrayEquals(new float[] {3, 2, 3, 4}, read.network().values("w"));
    assertArrayEquals(new float[] {3}, read.network().values("w/m"));
    assertEquals(1, read.best().epoch());
    assertEquals(0.5, read.best().validationLoss());
    assertArrayEquals(new float[] {1, 2, 3, 4}, read.best().weights().values("w"));
  }

  @Test
  void theBestEpochsWeightsAreNotKeptTwice() {
    checkpoints.save(checkpoint(2, 2));
    Checkpoint read = checkpoints.latest().orElseThrow();

    assertSame(read.network().values("w"), read.best().weights().values("w"));
    assertEquals(List.of("w"), List.copyOf(read.best().weights().arrays().keySet()));
  }

  @Test
  void theTwoLatestAreKept() {
    for (int epoch = 1; epoch <= 11; epoch++) {
      checkpoints.save(checkpoint(epoch, 1));
    }

    assertEquals(
        List.of("checkpoint-000010.zip", "checkpoint-000011.zip"),
        new DirectoryCheckpointFiles(directory).names().stream().sorted().toList());
    assertEquals(11, checkpoints.latest().orElseThrow().epoch());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.5, 0.6, 0.75, 0.97})
  void aDamagedOneIsPassedOver(double where) throws IOException {
    checkpoints.save(checkpoint(1, 1));
    checkpoints.save(checkpoint(2, 1));
    try (RandomAccessFile file = new RandomAccessFile(latestFile().toFile(), "rw")) {
      file.seek((long) (where * file.length()));
      byte[] noise = new byte[32];
      Arrays.fill(noise, (byte) 0xA5);
      file.write(noise, 0, (int) Math.min(noise.length, file.length() - file.getFilePointer()));
    }

    assertEquals(1, checkpoints.latest().orElseThrow().epoch());
  }

  @Test
  void oneChangedDigitOfItsHistoryIsSeen() throws IOException {
    checkpoints.save(checkpoint(1, 1));
    checkpoints.save(checkpoint(2, 1));
    byte[] content = Files.readAllBytes(latestFile());
    String text = new String(content, StandardCharsets.ISO_8859_1);
    content[text.indexOf("\"bestLoss\":0.5") + "\"bestLoss\":0.".length()] = '4';
    Files.write(latestFile(), content);

    assertEquals(1, checkpoints.latest().orElseThrow().epoch());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.99})
  void oneThatIsCutOffIsPassedOver(double share) throws IOException {
    checkpoints.save(checkpoint(1, 1));
    checkpoints.save(checkpoint(2, 1));
    try (RandomAccessFile file = new RandomAccessFile(latestFile().toFile(), "rw")) {
      file.setLength((long) (share * file.length()));
    }

    assertEquals(1, checkpoints.latest().orElseThrow().epoch());
  }

  @Test
  void aLocalDiskThatFailsDoesNotSpeakAgainstACheckpoint() {
    checkpoints.save(checkpoint(2, 1));
    Path noScratch = directory.resolve("none");
    assertThrows(UncheckedIOException.class, () -> CheckpointArchive.read(latestFile(), noScratch));
  }

  @Test
  void foreignFilesAreLeftAlone() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "not ours");
    checkpoints.save(checkpoint(1, 1));
    checkpoints.save(checkpoint(2, 1));
    checkpoints.save(checkpoint(3, 1));

    assertTrue(Files.exists(directory.resolve("notes.txt")));
    assertEquals(3, checkpoints.latest().orElseThrow().epoch());
  }

  private Path latestFile() {
    return directory.resolve("checkpoint-000002.zip");
  }
}
