package io.thorax.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thorax.study.Acquisition;
import io.thorax.study.Failure;
import io.thorax.study.ImageFormat;
import io.thorax.study.Radiograph;
import io.thorax.study.RejectReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that src/test/oracle/imaging_oracle.py wrote, and what the tests share. */
final class Fixtures {
  static final RadiographDecoder DECODER =
      new RadiographDecoder(DecodingLimits.DEFAULT, AcquisitionPolicy.ADMIT_ALL);

  private Fixtures() {}

  static byte[] bytes(String name) {
    try (InputStream file = Fixtures.class.getResourceAsStream("/imaging/" + name)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static float[] floats(String name) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  static Radiograph decoded(String name) {
    return DECODER.decode(bytes(name));
  }

  static RejectReason rejection(byte[] bytes) {
    return rejection(DECODER, bytes);
  }

  static RejectReason rejection(RadiographDecoder decoder, byte[] bytes) {
    return assertThrows(Failure.Rejected.class, () -> decoder.decode(bytes)).reason();
  }

  static void assertRejected(RejectReason reason, byte[] bytes) {
    assertEquals(reason, rejection(bytes));
  }

  /** As {@code formula} in the oracle draws it. */
  static Radiograph formula(int width, int height, int channels) {
    byte[] samples = new byte[width * height * channels];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          samples[at++] = (byte) (x * 7 + y * 13 + x * y / 5 + c * 31);
        }
      }
    }
    return radiograph(width, height, channels, samples);
  }

  static Radiograph radiograph(int width, int height, int channels, byte[] samples) {
    return new Radiograph(width, height, channels, samples, ImageFormat.PNG, Acquisition.UNKNOWN);
  }

  /** The folder with public data, if the machine has one. */
  static Optional<Path> data() {
    String folder = System.getProperty("THORAX_DATA", System.getenv("THORAX_DATA"));
    return Optional.ofNullable(folder).map(Path::of).filter(Files::isDirectory);
  }

  /** Files of that folder whose path in it matches, sorted. */
  static List<Path> dataFiles(String pattern) {
    Path folder = data().orElseThrow();
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> folder.relativize(path).toString().matches(pattern))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
