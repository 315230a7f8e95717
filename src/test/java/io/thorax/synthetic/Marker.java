package io.thorax.synthetic;

import java.util.Random;

/** The letter of lead that tells the patient's side: burnt in, white, in an upper corner. */
final class Marker {
  private static final String[] LEFT = {
    "#....", "#....", "#....", "#....", "#....", "#....", "#####"
  };
  private static final String[] RIGHT = {
    "####.", "#...#", "#...#", "####.", "#.#..", "#..#.", "#...#"
  };

  private Marker() {}

  static void burnIn(byte[] pixels, int side, Random random) {
    boolean left = random.nextBoolean();
    int scale = Math.max(1, side / 110);
    int width = 5 * scale;
    int top = (int) (side * (0.04 + 0.06 * random.nextDouble()));
    int margin = (int) (side * (0.03 + 0.03 * random.nextDouble()));
    // the patient faces the viewer: his left is the image's right
    draw(pixels, side, left ? LEFT : RIGHT, left ? side - margin - width : margin, top, scale);
  }

  private static void draw(byte[] pixels, int side, String[] glyph, int left, int top, int scale) {
    for (int row = 0; row < glyph.length * scale; row++) {
      for (int column = 0; column < 5 * scale; column++) {
        if (glyph[row / scale].charAt(column / scale) == '#') {
          pixels[(top + row) * side + left + column] = (byte) 250;
        }
      }
    }
  }
}
