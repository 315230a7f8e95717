package io.thorax.imaging;

import io.thorax.study.Acquisition;
import io.thorax.study.ImageFormat;
import io.thorax.study.Radiograph;
import java.util.Objects;

/**
 * Bytes of unknown origin to an X-ray. The format is told by the first bytes, never by a name.
 * Thread-safe.
 */
public final class RadiographDecoder {
  private final DecodingLimits limits;
  private final AcquisitionPolicy policy;

  public RadiographDecoder(DecodingLimits limits, AcquisitionPolicy policy) {
    this.limits = Objects.requireNonNull(limits, "limits");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * @param bytes of one PNG, JPEG or DICOM file
   * @return one channel if the picture is gray in fact, whatever its file says
   * @throws io.thorax.study.Failure.Rejected as TOO_LARGE, UNSUPPORTED_FORMAT or CORRUPT; of DICOM
   *     also as MULTI_FRAME, WRONG_MODALITY or WRONG_VIEW
   */
  public Radiograph decode(byte[] bytes) {
    limits.checkBytes(bytes.length);
    if (PngHeader.matches(bytes)) {
      return picture(PictureDecoder.png(bytes, limits), ImageFormat.PNG);
    }
    if (JpegHeader.matches(bytes)) {
      return picture(PictureDecoder.jpeg(bytes, limits), ImageFormat.JPEG);
    }
    if (DicomFile.matches(bytes)) {
      return dicom(DicomFile.read(bytes, limits.maxBytes()));
    }
    throw Refusal.unsupported("neither PNG nor JPEG nor DICOM");
  }

  private static Radiograph picture(Raster raster, ImageFormat format) {
    return radiograph(raster, format, Acquisition.UNKNOWN);
  }

  private Radiograph dicom(DicomFile file) {
    Acquisition acquisition = file.acquisition();
    policy.check(acquisition);
    return radiograph(DicomImage.decode(file, limits), ImageFormat.DICOM, acquisition);
  }

  private static Radiograph radiograph(Raster raster, ImageFormat format, Acquisition acquisition) {
    return new Radiograph(
        raster.width(), raster.height(), raster.channels(), raster.samples(), format, acquisition);
  }
}
