"""What GDAL says of rasters: the outside truth of the ENVI tests.

Reads a JSON list of paths from standard input; prints a JSON list with one object a path: sizes, type, SHA-256 of the
pixels in the order rows, cols, bands (little-endian, in the file's own type), geotransform, authority code of the
system, nodata, ENVI metadata, band names, scales and offsets, or {"error": ...}.
"""
import hashlib
import json
import sys

import numpy
from osgeo import gdal

gdal.UseExceptions()
# else it leaves a .properties file beside every compressed body it reads
gdal.SetConfigOption("CPL_VSIL_GZIP_WRITE_PROPERTIES", "NO")


def describe(path):
    try:
        dataset = gdal.Open(path)
        pixels = dataset.ReadAsArray()
    except RuntimeError as error:
        return {"error": str(error)}
    if pixels.ndim == 2:
        pixels = pixels[None]
    ordered = numpy.ascontiguousarray(numpy.moveaxis(pixels, 0, 2))
    system = dataset.GetSpatialRef()
    bands = [dataset.GetRasterBand(i + 1) for i in range(dataset.RasterCount)]
    return {
        "driver": dataset.GetDriver().ShortName,
        "rows": dataset.RasterYSize,
        "cols": dataset.RasterXSize,
        "bands": dataset.RasterCount,
        "type": ordered.dtype.name,
        "sha256": hashlib.sha256(ordered.astype(ordered.dtype.newbyteorder("<")).tobytes()).hexdigest(),
        "geotransform": dataset.GetGeoTransform(can_return_null=True),
        "proj4": None if system is None else system.ExportToProj4(),
        "gcps": [[p.GCPPixel, p.GCPLine, p.GCPX, p.GCPY] for p in dataset.GetGCPs()],
        "nodata": None if bands[0].GetNoDataValue() is None else repr(bands[0].GetNoDataValue()),
        "envi": dataset.GetMetadata("ENVI"),
        "bandMetadata": bands[0].GetMetadata(),
        "names": [band.GetDescription() for band in bands],
        "scales": [band.GetScale() for band in bands],
        "offsets": [band.GetOffset() for band in bands],
    }


print(json.dumps([describe(path) for path in json.load(sys.stdin)]))
