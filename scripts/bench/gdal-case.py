"""The outside reference of `npm run bench`: reads or writes one scene with GDAL and prints the cost as JSON.

It does what src/main/workers/bench-files.ts does: strips of 256 rows, samples in memory as [rows, cols, bands], written
files synced to the disk, Deflate and Zstandard of level 6 with a predictor on all cores.
"""
import json
import os
import resource
import sys
import time

import numpy as np
from osgeo import gdal

STRIP_ROWS = 256
gdal.UseExceptions()


class Stopwatch:
    def __init__(self):
        self.wall = 0.0
        self.cpu = 0.0

    def __enter__(self):
        self.begin = (time.perf_counter(), time.process_time())

    def __exit__(self, *_):
        self.wall += time.perf_counter() - self.begin[0]
        self.cpu += time.process_time() - self.begin[1]

    def cost(self):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)
        return {'wallSeconds': self.wall, 'cpuSeconds': self.cpu, 'peakMb': peak / 1e6}


def read(path):
    watch = Stopwatch()
    options = ['NUM_THREADS=ALL_CPUS'] if path.endswith('.tif') else []
    with watch:
        dataset = gdal.OpenEx(path, open_options=options)
    total = 0.0
    for row in range(0, dataset.RasterYSize, STRIP_ROWS):
        rows = min(STRIP_ROWS, dataset.RasterYSize - row)
        with watch:
            samples = dataset.ReadAsArray(0, row, dataset.RasterXSize, rows, interleave='pixel')
        total += float(samples.sum(dtype=np.float64))
    return {**watch.cost(), 'sum': total}


def write(source, rows, cols, bands, type_name, interleave, compression, out):
    rows, cols, bands = int(rows), int(cols), int(bands)
    samples = np.fromfile(source, dtype=type_name).reshape(rows, cols, bands)
    gdal_type = {'int16': gdal.GDT_Int16, 'float32': gdal.GDT_Float32}[type_name]
    if out.endswith('.tif'):
        driver = 'GTiff'
        options = ['TILED=YES', 'BLOCKXSIZE=256', 'BLOCKYSIZE=256', 'BIGTIFF=IF_SAFER', 'INTERLEAVE=' + {'bsq': 'BAND', 'bip': 'PIXEL'}[interleave]]
        if compression != 'none':
            level = {'deflate': 'ZLEVEL=6', 'zstd': 'ZSTD_LEVEL=6'}[compression]
            options += ['COMPRESS=' + compression.upper(), level, 'NUM_THREADS=ALL_CPUS', 'PREDICTOR=' + ('2' if type_name == 'int16' else '3')]
    else:
        driver, options = 'ENVI', ['INTERLEAVE=' + interleave.upper()]
    item = samples.itemsize
    watch = Stopwatch()
    with watch:
        dataset = gdal.GetDriverByName(driver).Create(out, cols, rows, bands, gdal_type, options)
        for row in range(0, rows, STRIP_ROWS):
            strip = samples[row:row + STRIP_ROWS]
            dataset.WriteRaster(0, row, cols, len(strip), strip.tobytes() if not strip.flags.c_contiguous else memoryview(strip),
                                cols, len(strip), gdal_type, None, bands * item, cols * bands * item, item)
        dataset.FlushCache()
        dataset = None
        descriptor = os.open(out, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    return watch.cost()


if sys.argv[1] == 'version':
    print(json.dumps({'version': gdal.__version__}))
else:
    print(json.dumps({'read': read, 'write': write}[sys.argv[1]](*sys.argv[2:])))
