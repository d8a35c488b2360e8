"""Writes the GeoTIFFs of test/formats/geotiff-read-variants.test.ts with GDAL into the folder argv[1]."""
import itertools
import struct
import sys

import numpy
from osgeo import gdal, osr

gdal.UseExceptions()
FOLDER = sys.argv[1]
ROWS, COLS, BANDS = 23, 37, 5
TYPES = {
    'Byte': (numpy.uint8, 0, 255), 'Int8': (numpy.int8, -128, 127), 'UInt16': (numpy.uint16, 0, 65535), 'Int16': (numpy.int16, -32768, 32767),
    'UInt32': (numpy.uint32, 0, 2**32 - 1), 'Int32': (numpy.int32, -2**31, 2**31 - 1), 'UInt64': (numpy.uint64, 0, 2**53),
    'Int64': (numpy.int64, -2**53, 2**53), 'Float32': (numpy.float32, None, None), 'Float64': (numpy.float64, None, None),
}
LAYOUTS = [[], ['BLOCKYSIZE=7'], ['TILED=YES', 'BLOCKXSIZE=16', 'BLOCKYSIZE=16'], ['TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=128'], ['BLOCKYSIZE=23']]
random = numpy.random.default_rng(1)


def samples(name, bands=BANDS, rows=ROWS, cols=COLS):
    kind, low, high = TYPES[name]
    ramp = numpy.add.outer(numpy.add.outer(numpy.arange(bands) * 3, numpy.arange(rows)), numpy.arange(cols) // 4)
    if low is None:
        values = (ramp * 0.37 + random.normal(size=ramp.shape)).astype(kind)
        values[0, 0, :3] = [numpy.nan, numpy.inf, -0.0]
        return values
    values = (ramp % 100).astype(kind)
    values.reshape(-1)[::7] = random.integers(low, high, values.size, dtype=numpy.int64 if high < 2**62 else None, endpoint=True)[::7].astype(kind)
    values[0, 0, :2] = [low, high]
    return values


def create(name, kind, options, bands=BANDS, rows=ROWS, cols=COLS):
    signed = ['PIXELTYPE=SIGNEDBYTE'] if kind == 'Int8' else []
    code = gdal.GetDataTypeByName('Byte' if kind == 'Int8' else kind)
    return gdal.GetDriverByName('GTiff').Create(f'{FOLDER}/{name}.tif', cols, rows, bands, code, options=options + signed)


def write(name, kind='Int16', options=(), prepare=lambda dataset: None, **size):
    dataset = create(name, kind, list(options), **size)
    prepare(dataset)
    values = samples(kind, **size)
    for band in range(dataset.RasterCount):
        dataset.GetRasterBand(band + 1).WriteArray(values[band].view(numpy.uint8) if kind == 'Int8' else values[band])
    dataset.FlushCache()


def predictors(kind, codec):
    if codec in ('NONE', 'PACKBITS'):
        return [1]
    return [1, 2] + ([3] if 'Float' in kind else []) if '64' not in kind else [1] + ([3] if kind == 'Float64' else [])


def matrix():
    turn = itertools.count()
    for kind, codec, interleave in itertools.product(TYPES, ['NONE', 'LZW', 'PACKBITS', 'DEFLATE', 'ZSTD'], ['PIXEL', 'BAND']):
        for predictor in predictors(kind, codec):
            n = next(turn)
            options = [f'COMPRESS={codec}', f'INTERLEAVE={interleave}', *LAYOUTS[n % 5], f'ENDIANNESS={["LITTLE", "BIG"][n % 2]}', f'BIGTIFF={["NO", "NO", "YES"][n % 3]}']
            if predictor > 1:
                options.append(f'PREDICTOR={predictor}')
            write(f'm{n:03d}_{kind}_{codec}_{interleave}_p{predictor}_l{n % 5}_e{n % 2}_b{n % 3}', kind, options)


def utm(dataset):
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    dataset.SetProjection(reference.ExportToWkt())


def transformed(*transform):
    def prepare(dataset):
        utm(dataset)
        dataset.SetGeoTransform(transform)
    return prepare


def point(prepare):
    def both(dataset):
        dataset.SetMetadataItem('AREA_OR_POINT', 'Point')
        prepare(dataset)
    return both


def control_points(dataset):
    places = [(0, 0), (COLS, 0.5), (COLS, ROWS), (1.25, ROWS), (10, 11)]
    dataset.SetGCPs([gdal.GCP(366975 + 30 * x + y, 5808045 - 30 * y, 12.5, x, y) for x, y in places], '')
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32633)
    dataset.SetGCPs(dataset.GetGCPs(), reference.ExportToWkt())


def spectral(domain):
    def prepare(dataset):
        dataset.SetMetadataItem('note', '<a & "b"> &amp; \u00b5m ')
        if domain == 'ENVI':
            dataset.SetMetadataItem('wavelength', '{0.45, 0.55,\n 0.65, 0.85, 2.2}', 'ENVI')
            dataset.SetMetadataItem('wavelength_units', 'Micrometers', 'ENVI')
            dataset.SetMetadataItem('fwhm', '{0.01, 0.01, 0.02, 0.02, 0.05}', 'ENVI')
            dataset.SetMetadataItem('bbl', '{1, 1, 0, 1, 1}', 'ENVI')
            dataset.SetMetadataItem('data_ignore_value', '-9999', 'ENVI')
            dataset.SetMetadataItem('default_bands', '{3, 2, 1}', 'ENVI')
        for b, wavelength in enumerate([450.0, 550.0, 650.0, 850.0, 2200.0]):
            band = dataset.GetRasterBand(b + 1)
            if domain == 'IMAGERY':
                band.SetMetadataItem('CENTRAL_WAVELENGTH_UM', f'{wavelength / 1000:.6f}', 'IMAGERY')
                band.SetMetadataItem('FWHM_UM', '0.010000', 'IMAGERY')
            if domain == 'bands':
                band.SetMetadataItem('wavelength', str(wavelength))
                band.SetMetadataItem('wavelength_units', 'Nanometers')
                band.SetMetadataItem('fwhm', '10')
                band.SetMetadataItem('bbl', '0' if b == 2 else '1')
            if domain == 'names':
                band.SetDescription(f'reflectance at {wavelength} nm')
            if domain == 'partial' and b != 3:
                band.SetMetadataItem('wavelength', str(wavelength))
    return prepare


def scaled(dataset):
    for b in range(BANDS):
        dataset.GetRasterBand(b + 1).SetScale(0.0001 * (b + 1))
        dataset.GetRasterBand(b + 1).SetOffset(-0.5 * b)


def nodata(value):
    return lambda dataset: dataset.GetRasterBand(1).SetNoDataValue(value)


def sparse(name, options, value=None):
    dataset = create(name, 'Int16', ['SPARSE_OK=TRUE', 'TILED=YES', 'BLOCKXSIZE=16', 'BLOCKYSIZE=16', *options])
    if value is not None:
        dataset.GetRasterBand(1).SetNoDataValue(value)
    dataset.GetRasterBand(2).WriteArray(numpy.full((5, 4), 7, numpy.int16), 20, 10)


def palette(dataset):
    table = gdal.ColorTable()
    table.SetColorEntry(1, (255, 0, 0, 255))
    dataset.GetRasterBand(1).SetRasterColorTable(table)


def masked(name, kind, options, value=None):
    """Pixels whose row + column is a multiple of 3 are invalid."""
    gdal.SetConfigOption('GDAL_TIFF_INTERNAL_MASK', 'YES')
    dataset = create(name, kind, options)
    if value is not None:
        dataset.GetRasterBand(1).SetNoDataValue(value)
    values = samples(kind)
    for band in range(BANDS):
        dataset.GetRasterBand(band + 1).WriteArray(values[band])
    dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
    valid = numpy.add.outer(numpy.arange(ROWS), numpy.arange(COLS)) % 3 != 0
    dataset.GetRasterBand(1).GetMaskBand().WriteArray(valid.astype(numpy.uint8) * 255)
    dataset.FlushCache()
    gdal.SetConfigOption('GDAL_TIFF_INTERNAL_MASK', None)


def patched(source, name, tag, value):
    """A copy with the inline value of a SHORT tag of the first directory (classic, little-endian) replaced."""
    data = bytearray(open(f'{FOLDER}/{source}.tif', 'rb').read())
    position = struct.unpack_from('<I', data, 4)[0]
    for entry in range(position + 2, position + 2 + 12 * struct.unpack_from('<H', data, position)[0], 12):
        if struct.unpack_from('<H', data, entry)[0] == tag:
            struct.pack_into('<H', data, entry + 8, value)
    open(f'{FOLDER}/{name}.tif', 'wb').write(data)


def bit_reversed():
    """LZW with FillOrder 2: the one strip's bytes turned round, and Orientation (which sorts where FillOrder does) renumbered."""
    write('lzw_plain', options=['COMPRESS=LZW', 'BLOCKYSIZE=23', 'INTERLEAVE=PIXEL'])
    data = bytearray(open(f'{FOLDER}/lzw_plain.tif', 'rb').read())
    position = struct.unpack_from('<I', data, 4)[0]
    tags = {}
    for entry in range(position + 2, position + 2 + 12 * struct.unpack_from('<H', data, position)[0], 12):
        tags[struct.unpack_from('<H', data, entry)[0]] = entry
    start = struct.unpack_from('<I', data, tags[273] + 8)[0]
    length = struct.unpack_from('<I', data, tags[279] + 8)[0]
    data[start:start + length] = bytes(int(f'{byte:08b}'[::-1], 2) for byte in data[start:start + length])
    # photometric (262) is followed by the strips (273): its place takes the fill order, black-is-zero is assumed
    struct.pack_into('<HHIHH', data, tags[262], 266, 3, 1, 2, 0)
    open(f'{FOLDER}/lzw_bits_reversed.tif', 'wb').write(data)


matrix()
write('north_up', prepare=transformed(366975, 30, 0, 5808045, 0, -30))
write('south_up', prepare=transformed(366975, 30, 0, 5808045, 0, 30))
write('rotated', prepare=transformed(366975, 26, 15, 5808045, 15, -26))
write('point_north_up', prepare=point(transformed(366975, 30, 0, 5808045, 0, -20)))
write('point_rotated', prepare=point(transformed(366975, 26, 15, 5808045, 15, -26)))
write('gcps', prepare=control_points)
write('point_gcps', prepare=point(control_points))
for domain in ['ENVI', 'IMAGERY', 'bands', 'names', 'partial']:
    write(f'spectral_{domain}', prepare=spectral(domain))
write('scaled', prepare=scaled)
write('nodata_negative', prepare=nodata(-9999))
write('nodata_nan', 'Float32', prepare=nodata(float('nan')))
write('nodata_1e20', 'Float64', prepare=nodata(1e20))
sparse('sparse_zero', ['COMPRESS=DEFLATE'])
sparse('sparse_nodata', ['COMPRESS=DEFLATE', 'INTERLEAVE=BAND'], -9999)
sparse('sparse_raw', [], -1)
write('palette', 'Byte', prepare=palette, bands=1)
write('alpha', 'UInt16', options=['PHOTOMETRIC=RGB', 'ALPHA=YES'], bands=4)
write('overviews', options=['TILED=YES', 'BLOCKXSIZE=16', 'BLOCKYSIZE=16', 'COMPRESS=LZW'])
gdal.Open(f'{FOLDER}/overviews.tif', gdal.GA_Update).BuildOverviews('NEAREST', [2, 4])
masked('masked', 'Int16', [])
masked('masked_int16', 'Int16', ['TILED=YES', 'BLOCKXSIZE=16', 'BLOCKYSIZE=16', 'COMPRESS=DEFLATE'], -9999)
masked('masked_float32', 'Float32', ['BLOCKYSIZE=7', 'INTERLEAVE=BAND'])
write('pages')
gdal.GetDriverByName('GTiff').CreateCopy(f'{FOLDER}/pages.tif', gdal.Open(f'{FOLDER}/north_up.tif'), options=['APPEND_SUBDATASET=YES'])
write('deflate_plain', options=['COMPRESS=DEFLATE', 'BLOCKYSIZE=23', 'INTERLEAVE=PIXEL'])
patched('deflate_plain', 'deflate_old_code', 259, 32946)
bit_reversed()
write('jpeg_pixel', 'Byte', options=['COMPRESS=JPEG', 'JPEG_QUALITY=95', 'PHOTOMETRIC=RGB', 'INTERLEAVE=PIXEL', 'TILED=YES', 'BLOCKXSIZE=16', 'BLOCKYSIZE=16'], bands=3)
write('jpeg_band', 'Byte', options=['COMPRESS=JPEG', 'JPEG_QUALITY=95', 'INTERLEAVE=BAND', 'BLOCKYSIZE=8'])
write('refused_ycbcr', 'Byte', options=['COMPRESS=JPEG', 'PHOTOMETRIC=YCBCR'], bands=3)
write('refused_lerc', 'Float32', options=['COMPRESS=LERC'])
write('refused_12_bits', 'UInt16', options=['NBITS=12'])
write('refused_1_bit', 'Byte', options=['NBITS=1'], bands=1)
write('refused_float16', 'Float32', options=['NBITS=16'])
create('refused_complex', 'CInt16', []).FlushCache()
