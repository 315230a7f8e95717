package io.thorax.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** On the public chest images, if {@code THORAX_DATA} names the folder that holds them. */
@EnabledIf("present")
class PublicDataTest {
  /** Known copies under other patients, by the beginnings of their names. */
  private static final List<List<String>> COPIES =
      List.of(
          List.of("16660_2_1", "covid-19-rapidly-progressive-acute-respiratory-distress-syndrome-"),
          List.of("353889E0", "case_72_RX-TORACE1"),
          List.of("9C34AF49", "COVID-00022"),
          List.of("A7E260CE", "case_76_1-3"),
          List.of("AR-1", "extubation-1"),
          List.of("COVID-00033", "COVID-00037"));

  static boolean present() {
    return Fixtures.data().isPresent();
  }

  @Test
  void theKnownCopiesAreFoundAndHardlyAnythingElse() {
    Map<String, Fingerprint> fingerprints = new TreeMap<>();
    for (Path file : Fixtures.dataFiles("(covid|Figure1|rsna).*\\.(png|jpe?g|dcm)")) {
      fingerprints.put(
          file.getFileName().toString(),
          PerceptualHash.fingerprint(Fixtures.DECODER.decode(Fixtures.read(file))));
    }
    List<String> found = copies(fingerprints);
    for (List<String> pair : COPIES) {
      assertTrue(
          found.stream().anyMatch(line -> line.contains(pair.get(0)) && line.contains(pair.get(1))),
          pair + " is not in " + found);
    }
    assertTrue(found.size() <= 15, found.size() + " pairs: " + found);
  }

  private static List<String> copies(Map<String, Fingerprint> fingerprints) {
    List<String> found = new ArrayList<>();
    fingerprints.forEach(
        (name, fingerprint) ->
            ((TreeMap<String, Fingerprint>) fingerprints)
                .tailMap(name, false)
                .forEach(
                    (other, otherFingerprint) -> {
                      if (PerceptualHash.nearDuplicate(fingerprint, otherFingerprint, 10, 0.96)) {
                        found.add(name + " ~ " + other);
                      }
                    }));
    return found;
  }

  @Test
  void everyRsnaFileHasItsViewAndItsSize() {
    for (Path file : Fixtures.dataFiles("rsna/stage_2_train_images/.*\\.dcm")) {
      var radiograph = Fixtures.DECODER.decode(Fixtures.read(file));
      assertEquals(1024, radiograph.width());
      assertEquals(1, radiograph.channels());
      assertTrue(List.of("PA", "AP").contains(radiograph.acquisition().viewPosition().get()));
    }
  }
}
