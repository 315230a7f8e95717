package io.thorax.imaging;

import io.thorax.study.Acquisition;
import io.thorax.study.Failure;
import io.thorax.study.RejectReason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which DICOM images are read. Plain pictures carry nothing to judge by and are not asked.
 *
 * @param modalities admitted values of (0008,0060), upper case; empty admits all
 * @param viewPositions admitted values of (0018,5101), upper case; empty admits all. One of them as
 *     a word of the header's value is enough ("AP SUPINE")
 * @param admitUnstated whether an image that does not state its modality or view is admitted; many
 *     CR devices leave the view out
 */
public record AcquisitionPolicy(
    Set<String> modalities, Set<String> viewPositions, boolean admitUnstated) {

  public static final AcquisitionPolicy ADMIT_ALL = new AcquisitionPolicy(Set.of(), Set.of(), true);

  public AcquisitionPolicy {
    modalities = upperCase(modalities);
    viewPositions = upperCase(viewPositions);
  }

  /**
   * @throws Failure.Rejected as WRONG_MODALITY or WRONG_VIEW
   */
  void check(Acquisition acquisition) {
    if (!admits(modalities, acquisition.modality())) {
      throw refuse(RejectReason.WRONG_MODALITY, "modality", acquisition.modality(), modalities);
    }
    if (!admits(viewPositions, acquisition.viewPosition())) {
      throw refuse(RejectReason.WRONG_VIEW, "view", acquisition.viewPosition(), viewPositions);
    }
  }

  private boolean admits(Set<String> admitted, Optional<String> stated) {
    if (admitted.isEmpty()) {
      return true;
    }
    return stated
        .map(value -> value.toUpperCase(Locale.ROOT))
        .map(value -> admitted.contains(value) || anyWord(value, admitted))
        .orElse(admitUnstated);
  }

  private static boolean anyWord(String value, Set<String> admitted) {
    return Arrays.stream(value.split("[^A-Z0-9]+", -1)).anyMatch(admitted::contains);
  }

  private static Failure.Rejected refuse(
      RejectReason reason, String what, Optional<String> stated, Set<String> admitted) {
    return new Failure.Rejected(
        reason,
        what + " " + stated.orElse("not stated") + ", admitted are " + new TreeSet<>(admitted));
  }

  private static Set<String> upperCase(Set<String> values) {
    return values.stream()
        .map(value -> value.strip().toUpperCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
