"""Reference values for test/analysis and test/renderer/linked: writes reference.json beside itself.

Needs numpy only. The cube follows from a little formula that the test repeats, so that no pixels are stored:
python3 test/analysis/reference.py
"""
import json
import os

import numpy as np

ROWS, COLS, BANDS = 14, 12, 6
NM = [450.0, 560.0, 650.0, 705.0, 860.0, 1610.0]
GAIN, OFFSET = 0.01, -0.5


def cube(rows, cols, bands):
    r, c, b = np.meshgrid(np.arange(rows), np.arange(cols), np.arange(bands), indexing='ij')
    i = (r * cols + c) * bands + b
    noise = (i * 7919 % 1009) / 1009 - 0.5
    return (1000 + 400 * np.sin(0.3 * r + 0.5 * b) + 300 * np.cos(0.2 * c - 0.3 * b) + 20 * b + 100 * noise).astype(np.float32).astype(float)


def angle(p, q):
    cos = (p * q).sum(-1) / np.linalg.norm(p, axis=-1) / np.linalg.norm(q, axis=-1)
    return np.degrees(np.arccos(np.clip(cos, -1, 1)))


def cubic(x):
    x = abs(x)
    if x < 1:
        return 1.5 * x ** 3 - 2.5 * x ** 2 + 1
    return -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 if x < 2 else 0.0


def bicubic(image, scale):
    """Separable Keys kernel (a = -1/2), pixel centres aligned, edge pixels repeated."""
    def matrix(size):
        m = np.zeros((size * scale, size))
        for i in range(size * scale):
            centre = (i + 0.5) / scale - 0.5
            for at in range(int(np.floor(centre)) - 2, int(np.floor(centre)) + 4):
                m[i, min(size - 1, max(0, at))] += cubic(at - centre)
            m[i] /= m[i].sum()
        return m
    return np.einsum('ir,jc,rcb->ijb', matrix(image.shape[0]), matrix(image.shape[1]), image)


def hull_removed(x, y):
    """Divided by the least concave majorant, found by brute force over all pairs of points."""
    top = y.copy()
    for i in range(len(x)):
        for j in range(i + 1, len(x)):
            for k in range(i, j + 1):
                top[k] = max(top[k], y[i] + (y[j] - y[i]) * (x[k] - x[i]) / (x[j] - x[i]))
    return y / top


scene = cube(ROWS, COLS, BANDS)
physical = scene * GAIN + OFFSET
good = [0, 1, 2, 4, 5]

fine = np.repeat(np.repeat(scene, 2, 0), 2, 1) + (cube(2 * ROWS, 2 * COLS, BANDS) - 1000) * 0.1
fine = fine.astype(np.float32).astype(float)
coarse = fine.reshape(ROWS, 2, COLS, 2, BANDS).mean((1, 3))
sharp, smooth = fine * GAIN + OFFSET, bicubic(scene, 2) * GAIN + OFFSET

flat = physical[..., good].reshape(-1, len(good))
values, vectors = np.linalg.eigh(np.cov(flat.T))
order = np.argsort(values)[::-1][:3]
signs = np.where(vectors[:, order].sum(0) < 0, -1, 1)
components = (flat - flat.mean(0)) @ (vectors[:, order] * signs) / np.sqrt(values[order])

# a star that crosses itself and reaches beyond the raster: its middle is enclosed twice and counts as outside
star = np.array([(5.3 + 6.7 * np.cos(0.2 + 0.8 * np.pi * k), 4.6 + 7.4 * np.sin(0.2 + 0.8 * np.pi * k)) for k in range(5)])
rows, cols = np.meshgrid(np.arange(ROWS) + 0.5, np.arange(COLS) + 0.5, indexing='ij')
mask = np.zeros((ROWS, COLS), bool)
for (r0, c0), (r1, c1) in zip(star, np.roll(star, -1, 0)):
    # edges that a way straight down from the centre crosses
    across = (c0 > cols) != (c1 > cols)
    mask ^= across & (r0 + (cols - c0) / (c1 - c0) * (r1 - r0) > rows)

x = np.array([400, 410, 425, 440, 470, 490, 500, 520, 560, 600, 610, 650], float)
y = np.array([0.2, 0.25, 0.24, 0.3, 0.22, 0.35, 0.33, 0.1, 0.3, 0.42, 0.2, 0.25])

out = dict(
    angle=angle(physical[..., good], physical[3:5, 2:6][..., good].mean((0, 1))).ravel().tolist(),
    ndvi=((physical[..., 4] - physical[..., 2]) / (physical[..., 4] + physical[..., 2])).ravel().tolist(),
    consistency=np.sqrt(((coarse - scene)[..., good] ** 2).mean(-1)).ravel().tolist(),
    bicubicAngle=angle(sharp[..., good], smooth[..., good]).ravel().tolist(),
    components=components.ravel().tolist(),
    shares=(100 * values[order] / values.sum()).tolist(),
    regionMean=scene[3:9, 2:7].mean((0, 1)).tolist(),
    regionDeviation=scene[3:9, 2:7].std((0, 1)).tolist(),
    star=star.ravel().tolist(), starPixels=[int(mask.sum())], starMean=scene[mask].mean(0).tolist(), starDeviation=scene[mask].std(0).tolist(),
    x=x.tolist(), y=y.tolist(), continuum=hull_removed(x, y).tolist(), derivative=np.gradient(y, x).tolist(),
)
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'reference.json')
with open(path, 'w') as file:
    json.dump({key: np.round(value, 9).tolist() for key, value in out.items()}, file)
