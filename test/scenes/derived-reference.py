"""Reference values for test/scenes/derived-reader.test.ts: writes derived-reference.json beside itself.

Needs numpy only. The scene follows from a little formula that the test repeats, so that no pixels are stored:
python3 test/scenes/derived-reference.py
"""
import json
import os

import numpy as np

ROWS, COLS, BANDS = 9, 8, 4
# a part of the scene, some of its bands in another order, three times finer
ROW, COL, PART_ROWS, PART_COLS, PICKED, SCALE = 2, 1, 5, 6, [2, 0], 3


def scene():
    r, c, b = np.meshgrid(np.arange(ROWS), np.arange(COLS), np.arange(BANDS), indexing='ij')
    i = (r * COLS + c) * BANDS + b
    return (1000 + 400 * np.sin(0.7 * r + 0.5 * b) + 300 * np.cos(0.9 * c - 0.3 * b) + (i * 7919 % 1009) / 5).astype(np.float32).astype(float)


def cubic(x):
    x = abs(x)
    if x < 1:
        return 1.5 * x ** 3 - 2.5 * x ** 2 + 1
    return -0.5 * x ** 3 + 2.5 * x ** 2 - 4 * x + 2 if x < 2 else 0.0


def matrix(size):
    """Keys kernel (a = -1/2), pixel centres aligned, edge pixels repeated."""
    m = np.zeros((size * SCALE, size))
    for i in range(size * SCALE):
        centre = (i + 0.5) / SCALE - 0.5
        for at in range(int(np.floor(centre)) - 2, int(np.floor(centre)) + 4):
            m[i, min(size - 1, max(0, at))] += cubic(at - centre)
    return m


part = scene()[ROW:ROW + PART_ROWS, COL:COL + PART_COLS][:, :, PICKED]
bicubic = np.einsum('ir,jc,rcb->ijb', matrix(PART_ROWS), matrix(PART_COLS), part)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'derived-reference.json'), 'w') as file:
    json.dump({'bicubic': [round(v, 4) for v in bicubic.ravel().tolist()]}, file, separators=(',', ':'))
    file.write('\n')
