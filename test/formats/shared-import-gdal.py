"""What GDAL says of each file named on standard input (JSON list of paths): JSON object path -> facts, or {error}.

The checksum is of the stored values as [rows, cols, bands], little-endian, 64-bit integers as float64.
"""
import hashlib, json, sys
import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()
osr.UseExceptions()
# GDAL must leave nothing beside the files that it reads
gdal.SetConfigOption('CPL_VSIL_GZIP_WRITE_PROPERTIES', 'NO')
gdal.SetConfigOption('GDAL_PAM_ENABLED', 'NO')
gdal.PushErrorHandler('CPLQuietErrorHandler')
TYPES = {'Byte': 'uint8', 'Int8': 'int8'}


def nodata(band, kind):
    if kind in ('int64', 'uint64'):
        value = band.GetNoDataValueAsInt64() if kind == 'int64' else band.GetNoDataValueAsUInt64()
    else:
        value = band.GetNoDataValue()
    return None if value is None else repr(float(value))


def facts(path):
    ds = gdal.Open(path)
    kind = gdal.GetDataTypeName(ds.GetRasterBand(1).DataType)
    kind = TYPES.get(kind, kind.lower())
    if ds.GetRasterBand(1).GetMetadataItem('PIXELTYPE', 'IMAGE_STRUCTURE') == 'SIGNEDBYTE':
        kind = 'int8'
    data = ds.ReadAsArray()
    data = data[None] if data.ndim == 2 else data
    if kind == 'int8':
        data = data.astype(np.int8)
    if data.dtype.kind in 'iu' and data.dtype.itemsize == 8:
        data = data.astype(np.float64)
    pixels = np.ascontiguousarray(data.transpose(1, 2, 0)).astype(data.dtype.newbyteorder('<'))
    srs = ds.GetSpatialRef()
    code = None
    if srs is not None and srs.GetAuthorityName(None) == 'EPSG':
        code = int(srs.GetAuthorityCode(None))
    bands = [ds.GetRasterBand(i + 1) for i in range(ds.RasterCount)]
    return {
        'driver': ds.GetDriver().ShortName, 'size': [ds.RasterYSize, ds.RasterXSize, ds.RasterCount], 'type': kind,
        'nodata': [nodata(b, kind) for b in bands],
        'transform': ds.GetGeoTransform(can_return_null=True), 'epsg': code, 'crs': None if srs is None else srs.GetName(),
        'gain': [1 if b.GetScale() is None else b.GetScale() for b in bands],
        'offset': [0 if b.GetOffset() is None else b.GetOffset() for b in bands],
        'gcps': ds.GetGCPCount(), 'sha256': hashlib.sha256(pixels.tobytes()).hexdigest(),
    }


def same(code, path):
    """Whether the EPSG code means what GDAL read from the file, though the file names no code: same ellipsoid, and the
    corners of the raster have the same longitude and latitude within 1e-8 degrees."""
    ds = gdal.Open(path)
    ours = osr.SpatialReference()
    ours.ImportFromEPSG(code)
    theirs = ds.GetSpatialRef()
    places = []
    for srs in (ours, theirs):
        srs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        degrees = srs.CloneGeogCS()
        degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        transformation = osr.CoordinateTransformation(srs, degrees)
        t = ds.GetGeoTransform()
        corners = [(c, r) for c in (0, ds.RasterXSize) for r in (0, ds.RasterYSize)]
        places.append([transformation.TransformPoint(t[0] + c * t[1] + r * t[2], t[3] + c * t[4] + r * t[5])[:2] for c, r in corners])
    ellipsoids = abs(ours.GetSemiMajor() - theirs.GetSemiMajor()) < 1e-3 and abs(ours.GetInvFlattening() - theirs.GetInvFlattening()) < 1e-4
    return bool(ellipsoids and np.allclose(places[0], places[1], rtol=0, atol=1e-8))


answers = {}
for path, code in json.load(sys.stdin):
    try:
        answers[path] = {'same': same(code, path)} if code else facts(path)
    except Exception as error:
        answers[path] = {'error': str(error).split('\n')[0]}
json.dump(answers, sys.stdout)
