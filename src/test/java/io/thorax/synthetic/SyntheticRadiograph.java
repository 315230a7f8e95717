package io.thorax.synthetic;

import java.util.List;

/**
 * A frontal chest X-ray that is drawn: body, lungs, ribs, heart, spine, noise and a burnt-in marker
 * letter, all varied by the seed; the findings differ in nothing but their opacities.
 *
 * @param side rows and columns
 * @param pixels 8-bit gray, row by row; owned by the radiograph
 * @param opacities where the finding is, in pixels; empty if normal
 */
public record SyntheticRadiograph(
    Finding finding, long seed, int side, byte[] pixels, List<Box> opacities) {

  /** As the reference names its classes. */
  public enum Finding {
    NORMAL,
    /** Patches at the periphery of both lungs, more of them below. */
    COVID_19,
    /** One dense lobe in one lung. */
    OTHER_PNEUMONIA
  }

  /** Upper left corner and extent, within the image. */
  public record Box(int x, int y, int width, int height) {
    public boolean contains(int column, int row) {
      return column >= x && column < x + width && row >= y && row < y + height;
    }
  }

  public static final int DEFAULT_SIDE = 256;

  public static SyntheticRadiograph of(Finding finding, long seed) {
    return of(finding, seed, DEFAULT_SIDE);
  }

  public static SyntheticRadiograph of(Finding finding, long seed, int side) {
    return new ThoraxDrawing(finding, seed, side).draw();
  }
}
