package io.thorax.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thorax.synthetic.SyntheticRadiograph.Box;
import io.thorax.synthetic.SyntheticRadiograph.Finding;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticRadiographTest {
  private static final int SIDE = 96;

  @Test
  void theSameSeedDrawsTheSame() {
    assertArrayEquals(
        SyntheticRadiograph.of(Finding.COVID_19, 8, SIDE).pixels(),
        SyntheticRadiograph.of(Finding.COVID_19, 8, SIDE).pixels());
    assertFalse(
        Arrays.equals(
            SyntheticRadiograph.of(Finding.COVID_19, 8, SIDE).pixels(),
            SyntheticRadiograph.of(Finding.COVID_19, 9, SIDE).pixels()));
  }

  @ParameterizedTest
  @EnumSource(Finding.class)
  void theMarkerAndNothingElseIsWhite(Finding finding) {
    for (int seed = 0; seed < 20; seed++) {
      int white = 0;
      for (byte pixel : SyntheticRadiograph.of(finding, seed, SIDE).pixels()) {
        white += (pixel & 0xFF) > 230 ? 1 : 0;
      }
      assertTrue(white > 5 && white < 40, white + " white pixels");
    }
  }

  @Test
  void covidIsInBothLungsAndOtherPneumoniaInOne() {
    for (int seed = 0; seed < 20; seed++) {
      assertEquals(0, SyntheticRadiograph.of(Finding.NORMAL, seed, SIDE).opacities().size());
      var covid = SyntheticRadiograph.of(Finding.COVID_19, seed, SIDE);
      assertTrue(covid.opacities().stream().anyMatch(box -> box.x() + box.width() < SIDE / 2));
      assertTrue(covid.opacities().stream().anyMatch(box -> box.x() > SIDE / 2));
      assertEquals(
          1, SyntheticRadiograph.of(Finding.OTHER_PNEUMONIA, seed, SIDE).opacities().size());
    }
  }

  @Test
  void theBoxesLieWithinTheImageAndHoldTheDensity() {
    double inside = 0;
    double healthy = 0;
    for (int seed = 0; seed < 30; seed++) {
      var covid = SyntheticRadiograph.of(Finding.COVID_19, seed, SIDE);
      var normal = SyntheticRadiograph.of(Finding.NORMAL, seed, SIDE);
      for (Box box : covid.opacities()) {
        assertTrue(box.x() >= 0 && box.x() + box.width() <= SIDE);
        assertTrue(box.y() >= 0 && box.y() + box.height() <= SIDE);
        assertTrue(box.width() > 4 && box.height() > 4);
        inside += mean(covid, box);
        healthy += mean(normal, box);
      }
    }
    assertTrue(inside > 1.1 * healthy, inside + " against " + healthy);
  }

  private static double mean(SyntheticRadiograph radiograph, Box box) {
    double sum = 0;
    for (int y = box.y(); y < box.y() + box.height(); y++) {
      for (int x = box.x(); x < box.x() + box.width(); x++) {
        sum += radiograph.pixels()[y * SIDE + x] & 0xFF;
      }
    }
    return sum / (box.width() * box.height());
  }
}
