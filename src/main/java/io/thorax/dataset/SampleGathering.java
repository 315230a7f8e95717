package io.thorax.dataset;

import io.thorax.study.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The images taken so far, each content once. The same bytes under another name add their patient;
 * with another label they throw out both. Not thread-safe.
 */
final class SampleGathering {
  private final LeftOut leftOut;
  private final PixelCacheWriter pixels;
  private final Map<Sha256, Sample> samples = new LinkedHashMap<>();
  private final Set<Sha256> conflicting = new LinkedHashSet<>();

  SampleGathering(LeftOut leftOut, PixelCacheWriter pixels) {
    this.leftOut = leftOut;
    this.pixels = pixels;
  }

  /** Whether the reading brought a further image. */
  boolean accept(Reading reading) {
    Layout layout = reading.candidate().layout();
    if (reading instanceof Reading.Taken taken) {
      return take(taken);
    }
    if (reading instanceof Reading.Omitted omitted) {
      leftOut.count(layout, omitted.omission());
    } else if (reading instanceof Reading.Refused refused) {
      leftOut.count(layout, refused.reason());
    }
    return false;
  }

  private boolean take(Reading.Taken taken) {
    Sample known = samples.get(taken.sha256());
    if (known == null) {
      samples.put(taken.sha256(), taken.at(pixels.add(taken.reduced())));
      return true;
    }
    if (known.label() == taken.candidate().label()) {
      leftOut.count(taken.candidate().layout(), Omission.REPEATED_CONTENT);
    } else {
      leftOut.count(taken.candidate().layout(), Omission.CONFLICTING_LABELS);
      conflicting.add(taken.sha256());
    }
    samples.put(taken.sha256(), known.withPatients(taken.candidate().patients()));
    return false;
  }

  /** All that stay, in the order of their SHA-256; counts those that conflict. Call once. */
  List<Sample> finish() {
    for (Sha256 sha256 : conflicting) {
      leftOut.count(samples.remove(sha256).candidate().layout(), Omission.CONFLICTING_LABELS);
    }
    List<Sample> all = new ArrayList<>(samples.values());
    all.sort((a, b) -> a.sha256().compareTo(b.sha256()));
    return all;
  }
}
