/**
 * From bytes to what a network is fed: decoding (DICOM, PNG, JPEG), the input specification and its
 * transforms, perceptual hashes. Plain Java over OpenCV, without CDI and without TensorFlow; all of
 * it is thread-safe, and OpenCV itself is kept to one thread because the callers' pools
 * parallelise.
 */
package io.thorax.imaging;
