"""Reference values for test/dataset: writes reference.json beside itself.

Needs numpy, scipy and Pillow. The picture follows from the same formula in the test: python3 test/dataset/reference.py
"""
import json
import os

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter
from scipy.sparse import lil_matrix
from scipy.sparse.linalg import spsolve


def picture(rows, cols, bands):
    r, c, b = np.meshgrid(np.arange(rows), np.arange(cols), np.arange(bands), indexing='ij')
    i = (r * cols + c) * bands + b
    noise = (i * 7919 % 1009) / 1009 - 0.5
    smooth = 10 + 3 * np.sin(0.5 * r + b) + 2 * np.cos(0.4 * c - 0.3 * b) + np.sin(0.2 * r * c / cols)
    return (smooth + noise).astype(np.float32).astype(float)


def block_mean(x, s):
    rows, cols = x.shape[0] // s, x.shape[1] // s
    return x[:rows * s, :cols * s].reshape(rows, s, cols, s, -1).mean((1, 3))


def resize(x, s, method):
    """Pillow leaves out what lies beyond the edge; padding makes it see repeated edge pixels instead."""
    pad = 8
    padded = np.pad(x, ((pad, pad), (pad, pad), (0, 0)), mode='edge')
    size = (padded.shape[1] * s, padded.shape[0] * s)
    bands = [np.asarray(Image.fromarray(padded[..., b].astype(np.float32)).resize(size, method)) for b in range(x.shape[2])]
    return np.stack(bands, 2)[pad * s:-pad * s, pad * s:-pad * s].astype(float)


def back_project(low, s, iterations):
    high = resize(low, s, Image.BICUBIC)
    for _ in range(iterations):
        high = high + resize(low - block_mean(high, s), s, Image.BICUBIC)
    return high


def laplace(x, hole):
    """The membrane over the hole, with free edges."""
    rows, cols = x.shape
    index = -np.ones(x.shape, int)
    index[hole] = np.arange(hole.sum())
    a, rhs = lil_matrix((hole.sum(), hole.sum())), np.zeros(hole.sum())
    for r, c in zip(*np.nonzero(hole)):
        for rr, cc in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)):
            if not (0 <= rr < rows and 0 <= cc < cols):
                continue
            a[index[r, c], index[r, c]] += 1
            if hole[rr, cc]:
                a[index[r, c], index[rr, cc]] -= 1
            else:
                rhs[index[r, c]] += x[rr, cc]
    return spsolve(a.tocsr(), rhs)


def flat(x):
    return np.round(np.asarray(x, float), 7).ravel().tolist()


small = picture(13, 11, 2)
spectra = picture(30, 30, 20).reshape(-1, 20)
values, vectors = np.linalg.eigh(np.cov(spectra.T))
order = np.argsort(values)[::-1][:4]
components = vectors[:, order].T
components *= np.where(components.sum(1, keepdims=True) < 0, -1, 1)
deviations = np.sqrt(values[order])
smooth = gaussian_filter(picture(24, 24, 1)[..., 0], 3)
hole = np.zeros((24, 24), bool)
hole[6:15, 8:20] = True
hole[20:, :4] = True
turned = {}
for s in range(8):
    x = np.arange(6).reshape(2, 3)
    x = x[::-1] if s & 1 else x
    x = x[:, ::-1] if s & 2 else x
    turned[s] = (x.T if s & 4 else x).tolist()

result = dict(
    block2=flat(block_mean(small, 2)),
    block3=flat(block_mean(small, 3)),
    gaussian2=flat(block_mean(np.stack([gaussian_filter(small[..., b], 1.5, mode='reflect', truncate=4) for b in range(2)], 2), 2)),
    resample={name: {str(s): flat(resize(picture(6, 5, 2), s, method)) for s in (2, 3, 4)} for name, method in
              dict(nearest=Image.NEAREST, bilinear=Image.BILINEAR, bicubic=Image.BICUBIC, lanczos3=Image.LANCZOS).items()},
    backProjected2=flat(back_project(picture(7, 6, 1), 2, 5)),
    backProjected3=flat(back_project(picture(7, 6, 1), 3, 5)),
    components=dict(vectors=flat(components), deviations=flat(deviations), totalVariance=float(values.sum()),
                    mean=flat(spectra.mean(0)), projected=flat(((spectra - spectra.mean(0)) @ components.T / deviations)[:50])),
    membrane=dict(picture=flat(smooth), filled=flat(laplace(smooth, hole))),
    turned=turned,
)
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'reference.json')
with open(path, 'w') as file:
    json.dump(result, file)
    file.write('\n')
