/**
 * Objects by bucket and key, on any S3 store, through the MinIO client. What can go wrong with a
 * store is sorted here, once, into the kinds of {@link io.thorax.study.Failure}.
 */
package io.thorax.objectstore;
