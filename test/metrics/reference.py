"""Reference values for test/metrics: writes reference.json beside itself.

Needs numpy, scipy and scikit-image. Both cubes follow from the same little formula in the test, so that no pixels are
stored: python3 test/metrics/reference.py
"""
import json
import os

import numpy as np
from skimage.metrics import peak_signal_noise_ratio, structural_similarity


def cubes(rows, cols, bands):
    r, c, b = np.meshgrid(np.arange(rows), np.arange(cols), np.arange(bands), indexing='ij')
    i = (r * cols + c) * bands + b
    noise = (i * 7919 % 1009) / 1009 - 0.5
    other = (i * 104729 % 997) / 997 - 0.5
    truth = 1000 + 400 * np.sin(0.3 * r + 0.05 * b) + 300 * np.cos(0.2 * c - 0.03 * b) + 20 * b + 100 * noise
    guess = truth + 60 * other + 25 * np.sin(0.7 * r) - 3
    return truth.astype(np.float32).astype(float), guess.astype(np.float32).astype(float)


def sam(p, q):
    cos = (p * q).sum(-1) / np.linalg.norm(p, axis=-1) / np.linalg.norm(q, axis=-1)
    return np.degrees(np.arccos(np.clip(cos, -1, 1))).mean()


def ergas(p, q, scale):
    rmse = np.sqrt(((p - q) ** 2).mean((0, 1)))
    return 100 / scale * np.sqrt(((rmse / p.mean((0, 1))) ** 2).mean())


def standard(p, q, scale, data_range):
    bands = range(p.shape[2])
    return dict(
        psnr=np.mean([peak_signal_noise_ratio(p[..., b], q[..., b], data_range=data_range) for b in bands]),
        ssim=structural_similarity(p, q, gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
                                   data_range=data_range, channel_axis=2),
        samDegrees=sam(p, q),
        correlation=np.mean([np.corrcoef(p[..., b].ravel(), q[..., b].ravel())[0, 1] for b in bands]),
        ergas=ergas(p, q, scale),
        rmse=np.sqrt((((p - q) / data_range) ** 2).mean()),
    )


def paper(p, q, scale, starts):
    groups = [(p[..., s:s + 32], q[..., s:s + 32]) for s in starts]
    return dict(
        psnr=np.mean([peak_signal_noise_ratio(a, b, data_range=a.max()) for a, b in groups]),
        ssim=np.mean([structural_similarity(a, b, data_range=a.max() - a.min(), channel_axis=2) for a, b in groups]),
        samDegrees=np.mean([sam(a, b) for a, b in groups]),
        correlation=np.mean([np.corrcoef(a.ravel(), b.ravel())[0, 1] for a, b in groups]),
        ergas=np.mean([ergas(a, b, scale) for a, b in groups]),
        rmse=np.mean([np.sqrt(((a - b) ** 2).mean((0, 1))).mean() / a.max() for a, b in groups]),
    )


def ssim_with_gap(p, q, data_range):
    """Mean over the windows that touch no missing value: rows 10-13, cols 12-15 are missing."""
    values = []
    for b in range(p.shape[2]):
        full = structural_similarity(p[..., b], q[..., b], gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
                                     data_range=data_range, full=True)[1]
        keep = np.zeros(full.shape, bool)
        keep[5:-5, 5:-5] = True
        keep[10 - 5:14 + 5, 12 - 5:16 + 5] = False
        values.append(full[keep].mean())
    return np.mean(values)


p, q = cubes(29, 33, 103)
few_p, few_q = cubes(29, 33, 5)
pixels = np.ones((29, 33), bool)
pixels[10:14, 12:16] = False
gap_p, gap_q = few_p[pixels][:, None], few_q[pixels][:, None]
gap = standard(few_p, few_q, 2, 2500)
bands = range(5)
gap = dict(
    psnr=np.mean([peak_signal_noise_ratio(gap_p[..., b], gap_q[..., b], data_range=2500) for b in bands]),
    ssim=ssim_with_gap(few_p, few_q, 2500),
    samDegrees=sam(gap_p, gap_q),
    correlation=np.mean([np.corrcoef(gap_p[..., b].ravel(), gap_q[..., b].ravel())[0, 1] for b in bands]),
    ergas=ergas(gap_p, gap_q, 2),
    rmse=np.sqrt((((gap_p - gap_q) / 2500) ** 2).mean()),
)
result = dict(
    standard103=standard(p, q, 4, 4000),
    paper103=paper(p, q, 4, [0, 24, 48]),
    paper102=paper(*[x for x in cubes(29, 33, 102)], 2, [0, 24, 48]),
    paper5=paper(few_p, few_q, 2, [0]),
    gap5=gap,
)
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'reference.json')
with open(path, 'w') as file:
    json.dump(result, file, indent=1, default=float)
    file.write('\n')
