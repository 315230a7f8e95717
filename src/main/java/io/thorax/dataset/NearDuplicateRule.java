package io.thorax.dataset;

/**
 * When two images count as the same picture. The perceptual hash alone cannot say: chest X-rays
 * look alike, and on 1,010 real ones a distance of 8 already joins 213 pairs of strangers. So the
 * hash proposes, and the correlation of 32 x 32 thumbnails decides: on the same images the pairs
 * that are one picture lie at 0.974 and above, all strangers at 0.947 and below.
 *
 * @param distance greatest Hamming distance of the 64-bit hashes of a proposed pair; -1 turns the
 *     search off
 * @param correlation least Pearson correlation of the thumbnails
 */
public record NearDuplicateRule(int distance, double correlation) {

  public NearDuplicateRule {
    if (distance < -1 || distance > 64) {
      throw new DatasetException("nearDuplicates.distance", "must be -1 to 64, not " + distance);
    }
    if (!(correlation >= 0 && correlation <= 1)) {
      throw new DatasetException(
          "nearDuplicates.correlation", "must be 0 to 1, not " + correlation);
    }
  }
}
