"""Writes the fixtures of io.thorax.imaging: what Pillow, OpenCV and Keras 2 make of small images.

Run from the repository's root, with tensorflow 2.18, tf_keras 2.18, opencv-python-headless, scipy
and Pillow installed:

    TF_USE_LEGACY_KERAS=1 python src/test/oracle/imaging_oracle.py

Raw files hold little-endian values, row by row, channels interleaved. The pictures are drawn by
formulas that the tests repeat, or stored as PNG.
"""

import hashlib
import io
import os

import cv2
import numpy as np
import scipy.ndimage
from PIL import Image

if not hasattr(scipy.ndimage, "interpolation"):  # the name that Keras 2 still uses
    scipy.ndimage.interpolation = scipy.ndimage

from tf_keras.preprocessing.image import ImageDataGenerator, img_to_array, load_img
from tf_keras.src.preprocessing.image import apply_affine_transform

OUT = "src/test/resources/imaging"
os.makedirs(OUT, exist_ok=True)


def formula(width, height, channels):
    y, x, c = np.mgrid[0:height, 0:width, 0:channels]
    image = ((x * 7 + y * 13 + x * y // 5 + c * 31) % 256).astype(np.uint8)
    return image if channels == 3 else image[..., 0]


def nearest():
    sizes = [(1024, 1024, 1), (1023, 767, 1), (331, 241, 3), (100, 90, 1), (640, 1000, 3),
             (225, 223, 1), (1499, 1499, 1), (2991, 401, 1), (224, 500, 3), (57, 1777, 1)]
    targets = [(224, 224), (96, 96), (64, 80), (229, 317)]
    with open(f"{OUT}/nearest.csv", "w") as out:
        out.write("width,height,channels,toWidth,toHeight,sha256\n")
        for width, height, channels in sizes:
            image = Image.fromarray(formula(width, height, channels))
            for to in targets:
                small = np.asarray(image.resize(to, Image.NEAREST))
                digest = hashlib.sha256(small.tobytes()).hexdigest()
                out.write(f"{width},{height},{channels},{to[0]},{to[1]},{digest}\n")


def lettered(width, height, colour):
    rng = np.random.default_rng(7)
    smooth = cv2.GaussianBlur(rng.random((height, width)).astype(np.float32), (0, 0), 6)
    gray = cv2.normalize(smooth, None, 20, 215, cv2.NORM_MINMAX)
    image = np.dstack([gray, gray * 0.9, gray * 0.8] if colour else [gray] * 3)
    image = np.ascontiguousarray(np.round(image).astype(np.uint8))
    cv2.putText(image, "R", (8, 34), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (255, 255, 255), 3)
    cv2.putText(image, "AP", (80, 110), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (250, 250, 250), 2)
    return image if colour else image[..., 0]


def remove_text(image):
    mask = (image[..., 0] > 230).astype(np.uint8) * 255
    return cv2.inpaint(image.astype(np.uint8), mask, 10, cv2.INPAINT_NS).astype(np.float32)


def chain():
    generator = ImageDataGenerator(
        samplewise_center=True, samplewise_std_normalization=True,
        preprocessing_function=remove_text)
    for name, colour in (("gray", False), ("colour", True)):
        path = f"{OUT}/lettered-{name}.png"
        Image.fromarray(lettered(150, 130, colour)).save(path)
        image = load_img(path, color_mode="rgb", target_size=(64, 56), interpolation="nearest")
        values = generator.standardize(img_to_array(image))
        values.astype("<f4").tofile(f"{OUT}/chain-{name}.f32")


def rotation():
    image = cv2.resize(lettered(150, 130, False), (64, 64), interpolation=cv2.INTER_AREA)
    Image.fromarray(image).save(f"{OUT}/upright.png")
    for degrees in (-10, -3.5, 7.25):
        turned = apply_affine_transform(
            np.dstack([image] * 3).astype(np.float32), theta=degrees, row_axis=0, col_axis=1,
            channel_axis=2, fill_mode="nearest", order=1)
        turned[..., 0].astype("<f4").tofile(f"{OUT}/turned{degrees}.f32")


def pictures():
    """Kinds of files and the RGB or gray samples that Pillow reads from them."""
    rng = np.random.default_rng(3)
    gray = formula(40, 30, 1)
    rgb = formula(40, 30, 3)
    alpha = rng.integers(0, 256, (30, 40, 1), dtype=np.uint8)
    kinds = {
        "gray": Image.fromarray(gray),
        "rgb": Image.fromarray(rgb),
        "equal-channels": Image.fromarray(np.dstack([gray] * 3)),
        "palette": Image.fromarray(rgb).quantize(64),
        "bilevel": Image.fromarray(gray).convert("1"),
    }
    for name, image in kinds.items():
        image.save(f"{OUT}/{name}.png")
        mode = "L" if name in ("gray", "equal-channels", "bilevel") else "RGB"
        np.asarray(image.convert(mode)).tofile(f"{OUT}/{name}.png.u8")
    rgba = np.dstack([rgb, alpha])
    Image.fromarray(rgba).save(f"{OUT}/rgba.png")
    over = Image.alpha_composite(Image.new("RGBA", (40, 30), "black"), Image.fromarray(rgba))
    np.asarray(over.convert("RGB")).tofile(f"{OUT}/rgba.png.u8")
    sixteen = (gray.astype(np.uint16) * 257 + rng.integers(-100, 100, gray.shape)).clip(0, 65535)
    cv2.imwrite(f"{OUT}/sixteen.png", sixteen.astype(np.uint16))
    np.rint(sixteen.astype(np.float64) / 257).astype(np.uint8).tofile(f"{OUT}/sixteen.png.u8")
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        Image.fromarray(cv2.GaussianBlur(rgb, (0, 0), 5)).save(
            f"{OUT}/orientation-{orientation}.jpg", quality=95, subsampling=0, exif=exif)
    plain = Image.fromarray(cv2.GaussianBlur(rgb, (0, 0), 5))
    plain.save(f"{OUT}/progressive.jpg", quality=90, progressive=True)
    Image.fromarray(gray).save(f"{OUT}/restarts.jpg", quality=90, restart_marker_blocks=2)
    plain.convert("CMYK").save(f"{OUT}/cmyk.jpg", quality=90)


nearest()
chain()
rotation()
pictures()
