package io.thorax.dataset;

import static io.thorax.dataset.Table.cell;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;

/**
 * covid-chestxray-dataset (Cohen et al. 2020, arXiv:2003.11597): one row of {@code metadata.csv}
 * for each image, in the folder that the row names.
 */
final class MilaReader implements LayoutReader {
  private static final Layout LAYOUT = Layout.MILA;
  private static final String DEFAULT_FOLDER = "images";

  @Override
  public List<Selection> read(
      SourceFiles files, DatasetRules rules, LeftOut leftOut, long maxMetadataBytes) {
    Table table =
        new Metadata(LAYOUT, files, maxMetadataBytes)
            .table(
                "metadata.csv", StandardCharsets.UTF_8, "patientid", "finding", "view", "filename");
    Set<String> present = new HashSet<>(files.list());
    CandidateRows rows = new CandidateRows(LAYOUT, leftOut);
    RowFilter filter = new RowFilter(LAYOUT, rules, leftOut);
    for (CSVRecord row : table.rows()) {
      candidate(row, filter, present, leftOut).ifPresent(rows::add);
    }
    return List.of(Selection.all(LAYOUT, rows.finish()));
  }

  private static Optional<Candidate> candidate(
      CSVRecord row, RowFilter filter, Set<String> present, LeftOut leftOut) {
    Optional<String> filename = Table.present(row, "filename");
    Optional<String> patient = Table.present(row, "patientid");
    if (filename.isEmpty() || patient.isEmpty()) {
      leftOut.count(LAYOUT, Omission.MALFORMED_ROW);
      return Optional.empty();
    }
    OptionalInt label =
        filter.label(cell(row, "modality"), cell(row, "view"), cell(row, "finding"));
    if (label.isEmpty()) {
      return Optional.empty();
    }
    String path = Table.present(row, "folder").orElse(DEFAULT_FOLDER) + "/" + filename.get();
    if (!present.contains(path)) {
      leftOut.count(LAYOUT, Omission.MISSING_IMAGE);
      return Optional.empty();
    }
    return Optional.of(
        new Candidate(
            LAYOUT,
            path,
            Set.of("mila:" + patient.get()),
            label.getAsInt(),
            Table.present(row, "view"),
            Candidate.ViewRule.SETTLED,
            Candidate.sex(cell(row, "sex"))));
  }
}
