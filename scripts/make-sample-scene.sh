#!/bin/sh
# Makes resources/sample-scene/dlr-hysu.tif from the DLR HySU scene as published (a GeoTIFF and an ENVI header beside it):
#   scripts/make-sample-scene.sh FOLDER_WITH_DLR_HySU_HS_full
# Needs Python's osgeo (Debian: python3-gdal; PYTHON chooses the interpreter). Not gdal_translate: it drops the metadata
# domain IMAGERY of bands.
set -eu
source=${1:?the folder that holds DLR_HySU_HS_full.tif and .hdr}
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
target=$root/resources/sample-scene/dlr-hysu.tif
python=${PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# wavelengths and widths stand only in the side-car header, in micrometres although its units say "Unknown"
"$python" - "$source" "$work/dlr-hysu.tif" <<'PYTHON'
import re, sys
from osgeo import gdal
gdal.UseExceptions()
folder, target = sys.argv[1:]
header = open(folder + '/DLR_HySU_HS_full.hdr', encoding='latin-1').read()

def numbers(key):
    return [float(x) for x in re.search(r'^' + key + r'\s*=\s*\{([^}]*)\}', header, re.M)[1].split(',')]

wavelengths, widths = numbers('wavelength'), numbers('fwhm')
source = gdal.Open(folder + '/DLR_HySU_HS_full.tif')
assert len(wavelengths) == len(widths) == source.RasterCount == 135 and max(wavelengths) < 1
scene = gdal.GetDriverByName('GTiff').Create(
    target, source.RasterXSize, source.RasterYSize, source.RasterCount, gdal.GDT_Int16,
    ['COMPRESS=DEFLATE', 'ZLEVEL=9', 'PREDICTOR=2', 'INTERLEAVE=BAND', 'BLOCKYSIZE=86', 'PHOTOMETRIC=MINISBLACK'])
scene.SetGeoTransform(source.GetGeoTransform())
scene.SetSpatialRef(source.GetSpatialRef())
nm = lambda micrometres: f'{micrometres * 1000:.2f}'
scene.SetMetadata({
    'AREA_OR_POINT': 'Area',
    'TIFFTAG_IMAGEDESCRIPTION': 'DLR HySU benchmark: HySpex VNIR-1600, Oberpfaffenhofen, 2018-06-04; reflectance x 10000',
    'TIFFTAG_COPYRIGHT': 'German Aerospace Center (DLR), CC-BY 4.0; cite Cerra et al. 2021, doi:10.3390/rs13132559',
})
scene.SetMetadata({
    'wavelength': '{' + ', '.join(map(nm, wavelengths)) + '}', 'wavelength_units': 'Nanometers',
    'fwhm': '{' + ', '.join(map(nm, widths)) + '}', 'reflectance_scale_factor': '10000',
}, 'ENVI')
for i, (wavelength, width) in enumerate(zip(wavelengths, widths), 1):
    band = scene.GetRasterBand(i)
    band.SetMetadata({'wavelength': nm(wavelength), 'wavelength_units': 'Nanometers', 'fwhm': nm(width)})
    band.SetMetadata({'CENTRAL_WAVELENGTH_UM': f'{wavelength:.6f}', 'FWHM_UM': f'{width:.6f}'}, 'IMAGERY')
    band.SetNoDataValue(15000)
    band.SetScale(0.0001)
    band.SetOffset(0)
scene.WriteArray(source.ReadAsArray())
PYTHON

"$python" - "$source/DLR_HySU_HS_full.tif" "$work/dlr-hysu.tif" <<'PYTHON'
import sys
import numpy as np
from osgeo import gdal
gdal.UseExceptions()
before, after = (gdal.Open(path) for path in sys.argv[1:])
assert np.array_equal(before.ReadAsArray(), after.ReadAsArray()), 'pixels differ'
assert before.GetGeoTransform() == after.GetGeoTransform() and before.GetSpatialRef().IsSame(after.GetSpatialRef())
for i in range(1, 136):
    p, q = before.GetRasterBand(i), after.GetRasterBand(i)
    assert (p.DataType, p.GetNoDataValue()) == (q.DataType, q.GetNoDataValue()) == (gdal.GDT_Int16, 15000)
    assert abs(float(q.GetMetadataItem('wavelength')) - 1000 * float(p.GetMetadataItem('wavelength'))) < 1e-6
    assert abs(float(q.GetMetadataItem('CENTRAL_WAVELENGTH_UM', 'IMAGERY')) * 1000 - float(q.GetMetadataItem('wavelength'))) < 1e-6
print('pixels, nodata, transform, reference system and wavelengths are those of the source')
PYTHON

mkdir -p "$(dirname "$target")"
mv "$work/dlr-hysu.tif" "$target"
ls -l "$target"
sha256sum "$target"
