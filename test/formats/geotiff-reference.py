"""Reads GeoTIFFs with GDAL: the outside truth for test/formats/geotiff-read*.test.ts.

stdin: {"folder": temporary folder, "paths": [...]}; stdout: one JSON object a path, in order; pixels of path i as
little-endian [rows, cols, bands] in folder/i.bin (64-bit integers as float64).
"""
import json
import sys

import numpy
from osgeo import gdal

gdal.UseExceptions()


def describe(path, index, folder):
    dataset = gdal.Open(path)
    bands = [dataset.GetRasterBand(b + 1) for b in range(dataset.RasterCount)]
    pixels = dataset.ReadAsArray()
    if pixels.ndim == 3:
        pixels = numpy.moveaxis(pixels, 0, 2)
    if pixels.dtype in (numpy.int64, numpy.uint64):
        pixels = pixels.astype(numpy.float64)
    numpy.ascontiguousarray(pixels).astype(pixels.dtype.newbyteorder('<')).tofile(f'{folder}/{index}.bin')
    reference = dataset.GetSpatialRef() or dataset.GetGCPSpatialRef()
    transform = dataset.GetGeoTransform(can_return_null=True)
    signed = bands[0].GetMetadataItem('PIXELTYPE', 'IMAGE_STRUCTURE') == 'SIGNEDBYTE'
    return {
        'rows': dataset.RasterYSize,
        'cols': dataset.RasterXSize,
        'bands': dataset.RasterCount,
        'type': 'Int8' if signed else gdal.GetDataTypeName(bands[0].DataType),
        'interleave': dataset.GetMetadataItem('INTERLEAVE', 'IMAGE_STRUCTURE'),
        'transform': transform,
        'gcps': [[p.GCPPixel, p.GCPLine, p.GCPX, p.GCPY, p.GCPZ] for p in dataset.GetGCPs()],
        'areaOrPoint': dataset.GetMetadataItem('AREA_OR_POINT'),
        'epsg': reference.GetAuthorityCode(None) if reference is not None and reference.GetAuthorityName(None) == 'EPSG' else None,
        'hasCrs': reference is not None,
        'nodata': [None if b.GetNoDataValue() is None else repr(float(b.GetNoDataValue())) for b in bands],
        'descriptions': [b.GetDescription() for b in bands],
        'scales': [b.GetScale() for b in bands],
        'offsets': [b.GetOffset() for b in bands],
        'bandItems': [b.GetMetadata() for b in bands],
        'imagery': [b.GetMetadata('IMAGERY') for b in bands],
        'items': dataset.GetMetadata(),
        'envi': dataset.GetMetadata('ENVI'),
    }


request = json.load(sys.stdin)
for index, path in enumerate(request['paths']):
    try:
        print(json.dumps(describe(path, index, request['folder'])))
    except RuntimeError as error:
        print(json.dumps({'error': str(error)}))
