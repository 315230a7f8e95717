package io.thorax.dataset;

import java.util.List;

/** Reads the metadata of one layout and offers its images. Reads no image. */
interface LayoutReader {

  /**
   * @param maxMetadataBytes limit of each metadata file
   * @throws DatasetException if the metadata are missing or unreadable
   */
  List<Selection> read(
      SourceFiles files, DatasetRules rules, LeftOut leftOut, long maxMetadataBytes);

  static LayoutReader of(Layout layout) {
    return switch (layout) {
      case MILA -> new MilaReader();
      case FIGURE1 -> new Figure1Reader();
      case RSNA -> new RsnaReader();
      case FOLDER -> new FolderReader();
    };
  }
}
