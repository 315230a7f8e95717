package io.thorax.imaging;

import static io.thorax.imaging.Fixtures.decoded;
import static io.thorax.imaging.Fixtures.floats;
import static io.thorax.imaging.Fixtures.formula;
import static io.thorax.imaging.Fixtures.radiograph;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.study.Radiograph;
import io.thorax.study.Sha256;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputTransformTest {
  private static final TextRemoval UNCAPPED =
      new TextRemoval(true, 230, 10, TextRemoval.Method.NAVIER_STOKES, 1);

  @ParameterizedTest
  @CsvFileSource(resources = "/imaging/nearest.csv", numLinesToSkip = 1)
  void nearestPicksThePixelsThatPillowPicks(
      int width, int height, int channels, int toWidth, int toHeight, String sha256) {
    ReducedImage small =
        transform(toHeight, toWidth, Interpolation.NEAREST, TextRemoval.DISABLED)
            .reduce(formula(width, height, channels));
    assertEquals(sha256, Sha256.of(small.samples()).hex());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gray", "colour"})
  void theReferencesChainAgreesWithKeras(String kind) {
    InputTransform transform = transform(64, 56, Interpolation.NEAREST, UNCAPPED);
    float[] out = new float[transform.spec().length()];
    transform.standardise(transform.reduce(decoded("lettered-" + kind + ".png")), out);
    assertArrayEquals(floats("chain-" + kind + ".f32"), out, 1e-4f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-10", "-3.5", "7.25"})
  void aTurnAgreesWithKeras(String degrees) {
    Radiograph upright = decoded("upright.png");
    ReducedImage image = new ReducedImage(64, 64, 1, upright.samples());
    ReducedImage turned =
        transform(64, 64, Interpolation.AREA, UNCAPPED).rotate(image, Double.parseDouble(degrees));
    float[] expected = floats("turned" + degrees + ".f32");
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(expected[i] - (turned.samples()[i] & 0xFF));
      // OpenCV interpolates at 32nds of a pixel
      assertTrue(difference <= 4, i + ": " + difference);
      sum += difference;
    }
    assertTrue(sum / expected.length < 0.5, "mean difference " + sum / expected.length);
  }

  @Test
  void noTurnIsNoWork() {
    ReducedImage image = new ReducedImage(8, 8, 1, new byte[64]);
    assertSame(image, transform(8, 8, Interpolation.AREA, UNCAPPED).rotate(image, 0));
  }

  @Test
  void areaAveragesWhatItCovers() {
    byte[] samples = new byte[32 * 32];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i % 2 == 0 ? 0 : 200);
    }
    byte[] small =
        transform(8, 8, Interpolation.AREA, TextRemoval.DISABLED)
            .reduce(radiograph(32, 32, 1, samples))
            .samples();
    byte[] expected = new byte[64];
    Arrays.fill(expected, (byte) 100);
    assertArrayEquals(expected, small);
  }

  @Test
  void aSideThatGrowsIsInterpolatedWhileTheOtherIsAveraged() {
    byte[] samples = new byte[32 * 4];
    for (int y = 0; y < 4; y++) {
      Arrays.fill(samples, y * 32, y * 32 + 32, (byte) (y * 64));
    }
    byte[] tall =
        transform(8, 8, Interpolation.AREA, TextRemoval.DISABLED)
            .reduce(radiograph(32, 4, 1, samples))
            .samples();
    int[] column = IntStream.range(0, 8).map(y -> tall[y * 8 + 3] & 0xFF).toArray();
    assertArrayEquals(new int[] {0, 16, 48, 80, 112, 144, 176, 192}, column);
  }

  @Test
  void lettersArePaintedOverInGrayAsInEachChannel() {
    byte[] gray = new byte[64 * 64];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) (40 + i % 64 + i / 64);
    }
    for (int y = 10; y < 20; y++) {
      Arrays.fill(gray, y * 64 + 10, y * 64 + 14, (byte) 250);
    }
    byte[] colour = new byte[3 * gray.length];
    for (int i = 0; i < colour.length; i++) {
      colour[i] = gray[i / 3];
    }
    InputTransform transform = transform(64, 64, Interpolation.AREA, TextRemoval.DEFAULT);
    byte[] painted = transform.reduce(radiograph(64, 64, 1, gray)).samples();
    byte[] paintedColour = transform.reduce(radiograph(64, 64, 3, colour)).samples();
    for (int i = 0; i < painted.length; i++) {
      assertTrue((painted[i] & 0xFF) <= 230);
      assertEquals(painted[i], paintedColour[3 * i]);
      assertEquals(painted[i], paintedColour[3 * i + 2]);
    }
    assertNotEquals(gray[15 * 64 + 12], painted[15 * 64 + 12]);
  }

  @Test
  void aWhiteAreaTooLargeForLettersStaysAsItIs() {
    byte[] samples = new byte[64 * 64];
    Arrays.fill(samples, 0, samples.length / 2, (byte) 255);
    Radiograph half = radiograph(64, 64, 1, samples);
    assertArrayEquals(
        samples, transform(64, 64, Interpolation.AREA, TextRemoval.DEFAULT).reduce(half).samples());
    assertTrue(
        (transform(64, 64, Interpolation.AREA, UNCAPPED).reduce(half).samples()[0] & 0xFF) < 255);
  }

  @Test
  void standardisedImagesHaveMeanZeroAndDeviationOne() {
    InputTransform transform = transform(64, 48, Interpolation.AREA, TextRemoval.DISABLED);
    float[] out = new float[transform.spec().length()];
    transform.standardise(transform.reduce(formula(300, 200, 3)), out);
    double mean = IntStream.range(0, out.length).mapToDouble(i -> out[i]).average().orElseThrow();
    double variance =
        IntStream.range(0, out.length).mapToDouble(i -> out[i] * out[i]).average().orElseThrow();
    assertEquals(0, mean, 1e-5);
    assertEquals(1, variance, 1e-4);
  }

  @Test
  void aFlatImageBecomesZero() {
    InputTransform transform = transform(8, 8, Interpolation.AREA, TextRemoval.DISABLED);
    byte[] flat = new byte[64];
    Arrays.fill(flat, (byte) 77);
    float[] out = new float[192];
    transform.standardise(new ReducedImage(8, 8, 1, flat), out);
    assertArrayEquals(new float[192], out);
  }

  @Test
  void withoutStandardisationSamplesStayWhatTheyAre() {
    InputTransform transform =
        new InputTransform(
            new InputSpec(
                8, 8, Interpolation.AREA, TextRemoval.DISABLED, new Standardisation(false, false)));
    float[] out = new float[192];
    transform.standardise(new ReducedImage(8, 8, 3, formula(8, 8, 3).samples()), out);
    assertEquals(formula(8, 8, 3).samples()[191] & 0xFF, out[191]);
  }

  @Test
  void arraysBuffersAndBatchesGetTheSame() {
    InputTransform transform = transform(16, 24, Interpolation.AREA, TextRemoval.DISABLED);
    ReducedImage image = transform.reduce(formula(100, 100, 1));
    int length = transform.spec().length();
    float[] array = new float[length];
    transform.standardise(image, array);
    FloatBuffer buffer = FloatBuffer.allocate(2 * length);
    transform.standardise(image, buffer);
    transform.standardise(image, buffer);
    assertEquals(2 * length, buffer.position());
    float[] batch = new float[3 * length];
    transform.standardise(image, batch, length);
    assertArrayEquals(array, Arrays.copyOfRange(buffer.array(), length, 2 * length));
    assertArrayEquals(array, Arrays.copyOfRange(batch, length, 2 * length));
    assertArrayEquals(new float[length], Arrays.copyOfRange(batch, 2 * length, 3 * length));
  }

  @Test
  void wrongSizesAreErrorsOfTheProgram() {
    InputTransform transform = transform(16, 24, Interpolation.AREA, TextRemoval.DISABLED);
    ReducedImage image = new ReducedImage(16, 24, 1, new byte[16 * 24]);
    assertThrows(
        IllegalArgumentException.class, () -> transform.standardise(image, new float[1152]));
    ReducedImage fits = new ReducedImage(24, 16, 1, new byte[16 * 24]);
    assertThrows(
        IllegalArgumentException.class, () -> transform.standardise(fits, new float[1000]));
    assertThrows(
        IndexOutOfBoundsException.class, () -> transform.standardise(fits, new float[2000], 1000));
  }

  private static InputTransform transform(
      int height, int width, Interpolation interpolation, TextRemoval textRemoval) {
    return new InputTransform(
        new InputSpec(height, width, interpolation, textRemoval, Standardisation.SAMPLEWISE));
  }
}
