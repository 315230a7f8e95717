package io.thorax.dataset;

import static io.thorax.dataset.Table.cell;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/**
 * RSNA pneumonia detection challenge, stage 2 (Shih et al. 2019, doi:10.1148/ryai.2019180041). The
 * label file has one row for each box, so an image has several. Its patientId is one for each
 * image; {@code nih_mapping.csv}, if there, tells the NIH ChestX-ray patient that the image is of.
 *
 * <p>Target 0 is not always healthy: {@code stage_2_detailed_class_info.csv}, if there, marks
 * images as "No Lung Opacity / Not Normal". Those are negatives in the binary mode and are left out
 * of the multiclass one, where the reference takes them for normal.
 */
final class RsnaReader implements LayoutReader {
  private static final Layout LAYOUT = Layout.RSNA;
  private static final String IMAGES = "stage_2_train_images/";
  private static final String NO_PNEUMONIA = "0";
  private static final String PNEUMONIA = "1";

  @Override
  public List<Selection> read(
      SourceFiles files, DatasetRules rules, LeftOut leftOut, long maxMetadataBytes) {
    Metadata metadata = new Metadata(LAYOUT, files, maxMetadataBytes);
    Map<String, String> targets = targets(metadata, leftOut);
    Map<String, CSVRecord> classes =
        byPatientId(metadata, "stage_2_detailed_class_info.csv", "class");
    Map<String, CSVRecord> mapping = byPatientId(metadata, "nih_mapping.csv", "nih_patient_id");
    Set<String> present = new HashSet<>(files.list());
    RowFilter filter = new RowFilter(LAYOUT, rules, leftOut);
    List<Candidate> without = new ArrayList<>();
    List<Candidate> with = new ArrayList<>();
    targets.forEach(
        (id, target) -> {
          OptionalInt label = filter.label(diagnose(target, classes.get(id)));
          if (label.isEmpty()) {
            return;
          }
          if (!present.contains(pathOf(id))) {
            leftOut.count(LAYOUT, Omission.MISSING_IMAGE);
            return;
          }
          Candidate candidate = candidate(id, label.getAsInt(), mapping.get(id));
          (target.equals(PNEUMONIA) ? with : without).add(candidate);
        });
    int half = rules.numRsnaImages() / 2;
    return List.of(
        new Selection(LAYOUT, without, half),
        new Selection(LAYOUT, with, rules.numRsnaImages() - half));
  }

  /** The target of each image, in the order of the file; those with conflicting rows left out. */
  private static Map<String, String> targets(Metadata metadata, LeftOut leftOut) {
    Table labels =
        metadata.table("stage_2_train_labels.csv", StandardCharsets.UTF_8, "patientId", "Target");
    Map<String, String> targets = new LinkedHashMap<>();
    Map<String, Integer> rows = new HashMap<>();
    Set<String> conflicting = new HashSet<>();
    for (CSVRecord row : labels.rows()) {
      String id = cell(row, "patientId");
      String target = cell(row, "Target");
      if (id.isEmpty() || !(target.equals(NO_PNEUMONIA) || target.equals(PNEUMONIA))) {
        leftOut.count(LAYOUT, Omission.MALFORMED_ROW);
        continue;
      }
      rows.merge(id, 1, Integer::sum);
      String known = targets.putIfAbsent(id, target);
      if (known != null && !known.equals(target)) {
        conflicting.add(id);
      }
    }
    targets.keySet().removeAll(conflicting);
    rows.forEach(
        (id, count) -> {
          if (conflicting.contains(id)) {
            leftOut.count(LAYOUT, Omission.CONFLICTING_LABELS, count);
          } else {
            leftOut.count(LAYOUT, Omission.REPEATED_ROW, count - 1);
          }
        });
    return targets;
  }

  private static Map<String, CSVRecord> byPatientId(
      Metadata metadata, String path, String required) {
    Map<String, CSVRecord> rows = new HashMap<>();
    metadata
        .tableIfPresent(path, StandardCharsets.UTF_8, "patientId", required)
        .ifPresent(
            table -> table.rows().forEach(row -> rows.putIfAbsent(cell(row, "patientId"), row)));
    return rows;
  }

  private static Diagnosis diagnose(String target, CSVRecord detail) {
    if (target.equals(PNEUMONIA)) {
      return Diagnosis.OTHER_PNEUMONIA;
    }
    boolean normal = detail == null || cell(detail, "class").equalsIgnoreCase("Normal");
    return normal ? Diagnosis.NORMAL : Diagnosis.OTHER;
  }

  private static Candidate candidate(String id, int label, CSVRecord mapping) {
    Optional<String> nihPatient =
        Optional.ofNullable(mapping).flatMap(row -> Table.present(row, "nih_patient_id"));
    return new Candidate(
        LAYOUT,
        pathOf(id),
        Set.of(nihPatient.map(patient -> "nih:" + patient).orElse("rsna:" + id)),
        label,
        Optional.empty(),
        Candidate.ViewRule.REQUIRED_IN_HEADER,
        Optional.ofNullable(mapping).flatMap(row -> Candidate.sex(cell(row, "sex"))));
  }

  private static String pathOf(String id) {
    return IMAGES + id + ".dcm";
  }
}
