package io.thorax.imaging;

import io.thorax.study.Radiograph;
import java.util.Arrays;

/**
 * Finds the same picture again after it was scaled, encoded anew, or slightly cropped or shaded.
 *
 * <p>The hash is Zauner's DCT hash (Implementation and benchmarking of perceptual image hash
 * functions, 2010, section 3.2.1): which of the 64 lowest coefficients of a 32 x 32 thumbnail are
 * above their median. X-rays of the chest are so alike that the hash alone merges different
 * patients, so {@link #nearDuplicate} compares the thumbnails of what the hash let pass.
 */
public final class PerceptualHash {
  public static final int THUMBNAIL_SIDE = 32;

  private static final int BLOCK = 8;
  private static final double[][] COSINES = cosines();
  private static final Resize THUMBNAIL =
      new Resize(Interpolation.AREA, THUMBNAIL_SIDE, THUMBNAIL_SIDE);

  private PerceptualHash() {}

  public static Fingerprint fingerprint(Radiograph radiograph) {
    byte[] thumbnail = thumbnail(radiograph);
    return new Fingerprint(hash(thumbnail), thumbnail);
  }

  /** Bits that differ, 0 to 64. */
  public static int distance(long first, long second) {
    return Long.bitCount(first ^ second);
  }

  /** First the hashes, which costs nothing, then the thumbnails of the few that are close. */
  public static boolean nearDuplicate(
      Fingerprint first, Fingerprint second, int maxDistance, double minCorrelation) {
    return distance(first.hash(), second.hash()) <= maxDistance
        && correlation(first.thumbnail(), second.thumbnail()) >= minCorrelation;
  }

  /** Pearson's correlation; of flat images 1 if they are equal, else 0. */
  static double correlation(byte[] first, byte[] second) {
    double meanFirst = mean(first);
    double meanSecond = mean(second);
    double covariance = 0;
    double varianceFirst = 0;
    double varianceSecond = 0;
    for (int i = 0; i < first.length; i++) {
      double a = (first[i] & 0xFF) - meanFirst;
      double b = (second[i] & 0xFF) - meanSecond;
      covariance += a * b;
      varianceFirst += a * a;
      varianceSecond += b * b;
    }
    double scale = Math.sqrt(varianceFirst * varianceSecond);
    return scale > 0 ? covariance / scale : Arrays.equals(first, second) ? 1 : 0;
  }

  private static double mean(byte[] samples) {
    long sum = 0;
    for (byte sample : samples) {
      sum += sample & 0xFF;
    }
    return (double) sum / samples.length;
  }

  private static byte[] thumbnail(Radiograph radiograph) {
    ReducedImage small = THUMBNAIL.apply(radiograph);
    byte[] samples = small.samples();
    if (small.channels() == 1) {
      return samples.clone();
    }
    byte[] gray = new byte[samples.length / 3];
    for (int i = 0, from = 0; i < gray.length; i++, from += 3) {
      int sum = (samples[from] & 0xFF) + (samples[from + 1] & 0xFF) + (samples[from + 2] & 0xFF);
      gray[i] = (byte) (sum / 3);
    }
    return gray;
  }

  private static long hash(byte[] thumbnail) {
    double[] coefficients = lowFrequencies(thumbnail);
    double[] sorted = Arrays.copyOfRange(coefficients, 1, coefficients.length);
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    long hash = 0;
    for (double coefficient : coefficients) {
      hash = hash << 1 | (coefficient > median ? 1 : 0);
    }
    return hash;
  }

  /** The upper left 8 x 8 of the thumbnail's discrete cosine transform (II), row by row. */
  private static double[] lowFrequencies(byte[] thumbnail) {
    double[][] rows = new double[THUMBNAIL_SIDE][BLOCK];
    for (int y = 0; y < THUMBNAIL_SIDE; y++) {
      for (int u = 0; u < BLOCK; u++) {
        for (int x = 0; x < THUMBNAIL_SIDE; x++) {
          rows[y][u] += COSINES[u][x] * (thumbnail[y * THUMBNAIL_SIDE + x] & 0xFF);
        }
      }
    }
    double[] coefficients = new double[BLOCK * BLOCK];
    for (int v = 0; v < BLOCK; v++) {
      for (int u = 0; u < BLOCK; u++) {
        for (int y = 0; y < THUMBNAIL_SIDE; y++) {
          coefficients[v * BLOCK + u] += COSINES[v][y] * rows[y][u];
        }
      }
    }
    return coefficients;
  }

  private static double[][] cosines() {
    double[][] cosines = new double[BLOCK][THUMBNAIL_SIDE];
    for (int u = 0; u < BLOCK; u++) {
      double scale = Math.sqrt((u == 0 ? 1.0 : 2.0) / THUMBNAIL_SIDE);
      for (int x = 0; x < THUMBNAIL_SIDE; x++) {
        cosines[u][x] = scale * Math.cos(Math.PI * (2 * x + 1) * u / (2.0 * THUMBNAIL_SIDE));
      }
    }
    return cosines;
  }
}
