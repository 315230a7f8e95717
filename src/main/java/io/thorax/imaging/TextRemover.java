package io.thorax.imaging;

import static org.bytedeco.opencv.global.opencv_photo.INPAINT_NS;
import static org.bytedeco.opencv.global.opencv_photo.INPAINT_TELEA;

import org.bytedeco.opencv.global.opencv_photo;
import org.bytedeco.opencv.opencv_core.Mat;

/** Paints over what is too bright to be anatomy; see {@link TextRemoval}. */
record TextRemover(TextRemoval removal) {

  ReducedImage apply(ReducedImage image) {
    if (!removal.enabled()) {
      return image;
    }
    byte[] mask = new byte[image.width() * image.height()];
    int masked = mask(image, mask);
    if (masked == 0 || masked > removal.maxMaskedShare() * mask.length) {
      return image;
    }
    return inpaint(image, mask);
  }

  private int mask(ReducedImage image, byte[] mask) {
    int masked = 0;
    for (int i = 0, from = 0; i < mask.length; i++, from += image.channels()) {
      if ((image.samples()[from] & 0xFF) > removal.threshold()) {
        mask[i] = (byte) 255;
        masked++;
      }
    }
    return masked;
  }

  private ReducedImage inpaint(ReducedImage image, byte[] mask) {
    Natives.load();
    int method = removal.method() == TextRemoval.Method.NAVIER_STOKES ? INPAINT_NS : INPAINT_TELEA;
    try (Mat source = Mats.of(image.width(), image.height(), image.channels(), image.samples());
        Mat area = Mats.of(image.width(), image.height(), 1, mask);
        Mat painted = new Mat()) {
      opencv_photo.inpaint(source, area, painted, removal.radius(), method);
      return new ReducedImage(image.width(), image.height(), image.channels(), Mats.bytes(painted));
    }
  }
}
