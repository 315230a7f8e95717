package io.thorax.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A folder for each class, with pictures or DICOM files in it or further below. A file's name up to
 * the separator of the {@link DatasetRules} names its patient, in whatever class's folder it lies.
 */
final class FolderReader implements LayoutReader {
  private static final Layout LAYOUT = Layout.FOLDER;
  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "dcm", "dicom");

  @Override
  public List<Selection> read(
      SourceFiles files, DatasetRules rules, LeftOut leftOut, long maxMetadataBytes) {
    Labelling labelling = rules.labelling();
    List<Candidate> candidates = new ArrayList<>();
    for (String path : files.list()) {
      int slash = path.indexOf('/');
      if (slash < 0 || !EXTENSIONS.contains(extension(path))) {
        leftOut.count(LAYOUT, Omission.NOT_AN_IMAGE);
        continue;
      }
      OptionalInt label = labelling.labelOfFolder(path.substring(0, slash));
      if (label.isEmpty()) {
        leftOut.count(LAYOUT, Omission.OUTSIDE_CLASSES);
        continue;
      }
      candidates.add(candidate(path, label.getAsInt(), rules.folderPatientSeparator()));
    }
    return List.of(Selection.all(LAYOUT, candidates));
  }

  private static Candidate candidate(String path, int label, String separator) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int end = separator.isEmpty() ? -1 : name.indexOf(separator);
    return new Candidate(
        LAYOUT,
        path,
        end > 0 ? Set.of("folder:" + name.substring(0, end)) : Set.of(),
        label,
        Optional.empty(),
        Candidate.ViewRule.IF_IN_HEADER,
        Optional.empty());
  }

  private static String extension(String path) {
    return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
