package io.thorax.imaging;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.global.opencv_photo;

/**
 * OpenCV's native libraries. Unpacking and loading them takes seconds, so {@link #load} is called
 * once at start-up; whatever needs them calls it too, which then costs nothing.
 */
public final class Natives {
  private Natives() {}

  /**
   * Loads OpenCV and keeps it to the calling thread: work is spread over cores one image a thread,
   * and a second level of threads only gets in its way.
   *
   * @throws UnsatisfiedLinkError if there is no OpenCV for this platform on the class path
   */
  public static void load() {
    Holder.touch();
  }

  private static final class Holder {
    static {
      Loader.load(opencv_core.class);
      Loader.load(opencv_imgproc.class);
      Loader.load(opencv_imgcodecs.class);
      Loader.load(opencv_photo.class);
      opencv_core.setNumThreads(1);
      opencv_core.setUseOpenCL(false);
    }

    private static void touch() {}
  }
}
