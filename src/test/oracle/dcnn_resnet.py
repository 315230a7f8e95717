"""Writes src/test/resources/model/dcnn_resnet_{binary,multiclass}.state: what Keras 2 makes of
dcnn_resnet, for KerasAgreementTest.

Run from the repository's root with TensorFlow 2.18, tf_keras 2.18:

    TF_USE_LEGACY_KERAS=1 python src/test/oracle/dcnn_resnet.py

Each file holds, in the format of NetworkStateFile: a batch (images, targets, weights), every
parameter before and after one and two training steps, Adam's slots after two, the losses, and what
inference and Grad-CAM give with the first weights. Weights, batch-norm statistics and images are
random; scales have both signs.
"""

import struct
from pathlib import Path

import numpy as np
import tensorflow as tf
import tf_keras as keras

OUTPUT = Path("src/test/resources/model")
LAMBDA = 1e-3
RATE = 1e-2
BATCH = 4


def crc32c(data, table=[]):
    if not table:
        for byte in range(256):
            value = byte
            for _ in range(8):
                value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
            table.append(value)
    crc = 0xFFFFFFFF
    for byte in data:
        crc = table[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def write(path, arrays):
    body = b"THORAXS1" + struct.pack("<i", len(arrays))
    for name, value in arrays.items():
        value = np.asarray(value, dtype="<f4")
        text = name.encode()
        body += struct.pack("<i", len(text)) + text
        body += struct.pack("<i", value.ndim) + struct.pack(f"<{value.ndim}i", *value.shape)
        body += value.tobytes()
    path.write_bytes(body + struct.pack("<q", crc32c(body)))
    print(path, path.stat().st_size, "bytes")


def network(shape, classes, blocks, filters, base, pool, dense):
    """The layers as the reference system orders them; names are this project's."""
    l2 = keras.regularizers.l2(LAMBDA)

    def conv(name, width):
        return keras.layers.Conv2D(
            width, (3, 3), strides=(1, 1), padding="same", kernel_initializer="he_uniform",
            activity_regularizer=l2, name=name)

    inputs = keras.Input(shape)
    x = inputs
    for i in range(blocks):
        width = filters * base**i
        residual = x
        x = conv(f"conv{i}_0", width)(x)
        x = keras.layers.BatchNormalization(name=f"norm{i}_0")(x)
        x = keras.layers.LeakyReLU()(x)
        x = conv(f"conv{i}_1", width)(x)
        x = keras.layers.concatenate([x, residual])
        x = keras.layers.BatchNormalization(name=f"norm{i}_1")(x)
        x = keras.layers.LeakyReLU()(x)
        x = keras.layers.MaxPool2D(pool, padding="same")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dropout(0.0)(x)
    x = keras.layers.Dense(
        dense, kernel_initializer="he_uniform", activity_regularizer=l2, name="dense0")(x)
    x = keras.layers.LeakyReLU()(x)
    x = keras.layers.Dense(classes, name="output")(x)
    return keras.Model(inputs, keras.layers.Activation("softmax")(x))


def randomise(model, random):
    for weight in model.weights:
        shape, name = weight.shape, weight.name
        if "variance" in name:
            value = random.uniform(0.5, 2, shape)
        elif "gamma" in name:
            value = random.uniform(0.5, 1.5, shape) * random.choice([-1, 1, 1], shape)
        elif "kernel" in name:
            value = random.normal(0, np.sqrt(2 / np.prod(shape[:-1])), shape)
        else:
            value = random.normal(0, 0.3, shape)
        weight.assign(value)


def parameters(model, prefix):
    return {f"{prefix}/{w.name.split(':')[0]}": w.numpy() for w in model.weights}


def grad_cam(model, blocks, images, indices):
    layer = model.get_layer(f"conv{blocks - 1}_1")
    both = keras.Model(model.inputs, [layer.output, model.output])
    with tf.GradientTape() as tape:
        activations, probabilities = both(images, training=False)
        chosen = tf.gather(probabilities, indices, axis=1, batch_dims=1)
    gradient = tape.gradient(chosen, activations)
    channel_weights = tf.reduce_mean(gradient, axis=(1, 2), keepdims=True)
    heat = tf.nn.relu(tf.reduce_mean(activations * channel_weights, axis=-1)).numpy()
    most = heat.max(axis=(1, 2), keepdims=True)
    return activations.numpy(), np.divide(heat, most, out=np.zeros_like(heat), where=most > 0)


def fixture(name, shape, classes, blocks, filters, base, pool, dense, seed):
    random = np.random.default_rng(seed)
    model = network(shape, classes, blocks, filters, base, pool, dense)
    randomise(model, random)
    images = random.normal(0, 1, (BATCH, *shape)).astype("f4")
    indices = np.arange(BATCH) % classes
    targets = np.eye(classes, dtype="f4")[indices]
    weights = random.uniform(0.2, 2, BATCH).astype("f4")

    arrays = {"images": images, "targets": targets, "weights": weights}
    arrays |= parameters(model, "before")
    arrays["probabilities"] = model(images, training=False).numpy()
    arrays["activations"], arrays["heat"] = grad_cam(model, blocks, images, indices)
    optimizer = keras.optimizers.Adam(RATE)
    model.compile(optimizer, keras.losses.CategoricalCrossentropy())
    arrays["validation_loss"] = model.test_on_batch(images, targets)
    arrays["loss_1"] = model.train_on_batch(images, targets, sample_weight=weights)
    arrays |= parameters(model, "after_1")
    arrays["loss_2"] = model.train_on_batch(images, targets, sample_weight=weights)
    arrays |= parameters(model, "after_2")
    for weight, first, second in zip(
            model.trainable_weights, optimizer._momentums, optimizer._velocities):
        plain = weight.name.split(":")[0]
        arrays[f"slots/{plain}/m"] = first.numpy()
        arrays[f"slots/{plain}/v"] = second.numpy()
    write(OUTPUT / f"dcnn_resnet_{name}.state", arrays)


def main():
    OUTPUT.mkdir(parents=True, exist_ok=True)
    fixture("binary", (13, 10, 3), 2, 3, 2, 3, (2, 2), 5, seed=1)
    fixture("multiclass", (16, 19, 3), 3, 4, 2, 2, (2, 3), 4, seed=2)


if __name__ == "__main__":
    main()
