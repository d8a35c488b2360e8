"""The numbers of a receipt, computed from the two files with GDAL and numpy alone.

Run by receipt.test.ts; input: source, result, scale, window [row, col, rows, cols], bands (0-based).
"""
import hashlib

import numpy as np


def pixels(path):
    data = gdal.Open(path)  # noqa: F821 (the test's prelude imports it)
    values = data.ReadAsArray().astype(float).reshape(data.RasterCount, data.RasterYSize, data.RasterXSize)
    for band in range(data.RasterCount):
        nodata = data.GetRasterBand(band + 1).GetNoDataValue()
        if nodata is not None:
            values[band][values[band] == nodata] = np.nan
    return values


row, col, rows, cols = input['window']  # noqa: F821
source = pixels(input['source'])[input['bands'], row:row + rows, col:col + cols]
result = pixels(input['result'])
scale = input['scale']
reduced = result.reshape(len(source), rows, scale, cols, scale).mean((2, 4))
both = ~np.isnan(source) & ~np.isnan(reduced)
peak = source[both].max() - source[both].min()
squares = [np.mean((source[b] - reduced[b])[both[b]] ** 2) for b in range(len(source))]
band_psnr = [10 * np.log10(peak ** 2 / square) if square > 0 else 200 for square in squares]
inexact = [psnr for psnr, square in zip(band_psnr, squares) if square > 0]
print(json.dumps(dict(  # noqa: F821
    psnr=np.mean(inexact), bandPsnr=band_psnr, maxDifference=np.abs(source - reduced)[both].max(),
    pixels=int(both.any(0).sum()), sha256=hashlib.sha256(open(input['result'], 'rb').read()).hexdigest(),  # noqa: F821
)))
