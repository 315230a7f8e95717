/**
 * Networks and what becomes of them: a {@link io.thorax.model.NetworkSpec} describes one, a {@link
 * io.thorax.model.TrainableNetwork} learns, a {@link io.thorax.model.ModelBundle} is the result on
 * disk with its {@link io.thorax.model.ModelManifest}, and an {@link
 * io.thorax.model.InferenceGraph} answers quickly. Everything that holds TensorFlow's memory is
 * {@link AutoCloseable}.
 */
package io.thorax.model;
