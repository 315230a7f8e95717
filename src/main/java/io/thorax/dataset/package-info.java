/**
 * From raw collections of chest X-rays to an immutable, content-addressed data set.
 *
 * <p>A {@link io.thorax.dataset.DatasetSpec} says what is wanted. Readers of four layouts list
 * candidates; {@link io.thorax.dataset.DatasetAssembler} reads each image once (hash, decode,
 * fingerprint, reduce, copy), groups images that belong together, splits the groups and writes the
 * catalogue, the split files, the summary and the pixel cache. {@link
 * io.thorax.dataset.DatasetLibrary} opens what was assembled. Training reads {@link
 * io.thorax.dataset.PixelSet}.
 */
package io.thorax.dataset;
