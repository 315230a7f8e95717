package io.thorax.imaging;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import java.util.Set;

/** What is admitted and what a network is fed. */
@ConfigMapping(prefix = "thorax.imaging")
public interface ImagingConfig {

  Limits limits();

  Dicom dicom();

  Input input();

  /** Both are checked before memory for pixels is taken. */
  interface Limits {
    /** Of an encoded file, and of a deflated DICOM data set once it is inflated. */
    @WithDefault("64M")
    @Min(1)
    @Max(DecodingLimits.MAX_BYTES)
    MemorySize maxBytes();

    /** Rows times columns. */
    @WithDefault("64000000")
    @Min(1)
    @Max(Integer.MAX_VALUE / 3)
    long maxPixels();
  }

  /** Which DICOM images are read; plain pictures are not asked. */
  interface Dicom {
    /** Admitted values of (0008,0060); empty admits all. */
    @WithDefault("CR,DX")
    Optional<Set<String>> modalities();

    /**
     * Admitted values of (0018,5101), or of RSNA's SeriesDescription; empty admits all. The
     * reference's DATA.VIEWS.
     */
    @WithDefault("PA,AP")
    Optional<Set<String>> viewPositions();

    /** Whether an image that does not state its modality or view is admitted. */
    @WithDefault("true")
    boolean admitUnstated();
  }

  /** The input of networks that are trained from now on; a trained one carries its own. */
  interface Input {
    /** Pixels. The reference's DATA.IMG_DIM. */
    @WithDefault("224")
    @Min(8)
    @Max(2048)
    int height();

    /** Pixels. */
    @WithDefault("224")
    @Min(8)
    @Max(2048)
    int width();

    /** area, or nearest as the reference has it. */
    @WithDefault("area")
    Interpolation interpolation();

    Text textRemoval();

    /** Subtract each image's mean. */
    @WithDefault("true")
    boolean samplewiseCentre();

    /** Divide by each image's standard deviation. */
    @WithDefault("true")
    boolean samplewiseScale();
  }

  /** Burnt-in letters; see {@link TextRemoval}. */
  interface Text {
    @WithDefault("true")
    boolean enabled();

    /** Brighter samples are painted over. */
    @WithDefault("230")
    @Min(0)
    @Max(255)
    int threshold();

    /** Pixels. */
    @WithDefault("10")
    @DecimalMin("1")
    @DecimalMax("100")
    double radius();

    @WithDefault("navier-stokes")
    TextRemoval.Method method();

    /** Share of the area; with more of it masked an image stays as it is. The reference: 1. */
    @WithDefault("0.25")
    @DecimalMin("0")
    @DecimalMax("1")
    double maxMaskedShare();
  }

  default DecodingLimits decodingLimits() {
    return new DecodingLimits(limits().maxBytes().asLongValue(), limits().maxPixels());
  }

  default AcquisitionPolicy acquisitionPolicy() {
    return new AcquisitionPolicy(
        dicom().modalities().orElse(Set.of()),
        dicom().viewPositions().orElse(Set.of()),
        dicom().admitUnstated());
  }

  default InputSpec inputSpec() {
    Text text = input().textRemoval();
    return new InputSpec(
        input().height(),
        input().width(),
        input().interpolation(),
        new TextRemoval(
            text.enabled(), text.threshold(), text.radius(), text.method(), text.maxMaskedShare()),
        new Standardisation(input().samplewiseCentre(), input().samplewiseScale()));
  }
}
