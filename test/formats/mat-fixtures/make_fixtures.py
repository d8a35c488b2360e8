"""Makes the small .mat fixtures of this folder and expected.json: what SciPy and h5py read from them and from the shared
scenes. Needs numpy, scipy, h5py (seen with 2.4.6, 1.17.1, 3.16.0):  python make_fixtures.py [/path/to/shared/data]

Checksum: sha256 of the array as C-ordered [rows, cols, bands], little-endian, in the stored type (64-bit integers as
float64, as the reader gives them).
"""
import glob, hashlib, json, os, struct, sys
import h5py
import numpy as np
from scipy.io import loadmat, savemat
from scipy.sparse import csc_matrix

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)


def at(name):
    return os.path.join(HERE, name)


def facts(array):
    stored = array.astype(np.float64) if array.dtype.kind in 'iu' and array.dtype.itemsize == 8 else array
    little = np.ascontiguousarray(stored).astype(stored.dtype.newbyteorder('<'))
    return {'shape': list(array.shape), 'dtype': array.dtype.name, 'sha256': hashlib.sha256(little.tobytes()).hexdigest()}


# --- version 5, written by SciPy
cube = rng.integers(-300, 8000, (5, 7, 9)).astype(np.int16)
wavelengths = np.linspace(400, 900, 9).reshape(9, 1)
others = {'note': 'text', 'settings': {'a': 1}, 'cells': np.array(['x', 2], dtype=object), 'rate': csc_matrix(np.eye(3)),
          'spectrum': np.ones((5, 7, 9)) * 1j, 'mask': np.ones((5, 7, 9), bool), 'flat': np.ones((5, 7))}
savemat(at('v5.mat'), {**others, 'cube': cube, 'wavelengths': wavelengths}, do_compression=False)
savemat(at('v7.mat'), {**others, 'cube': cube, 'wl': wavelengths / 1000, 'fwhm': wavelengths * 0 + 0.006}, do_compression=True)
types = {f't_{t}': rng.integers(0, 100, (2, 3, 5)).astype(t) for t in
         ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'float32', 'float64']}
types['t_int64'] = types['t_int64'] - 2**40
types['t_float32'] += np.float32(0.25)
types['t_float64'] += 0.1
savemat(at('types.mat'), types, do_compression=True)
savemat(at('two-cubes.mat'), {'first': cube, 'second': cube + 1})
savemat(at('bands-first.mat'), {'cube': np.moveaxis(cube, 2, 0), 'wavelengths': wavelengths})
savemat(at('flat-only.mat'), {'flat': np.ones((5, 7)), 'note': 'text'})


# --- version 5, big-endian: no writer is at hand, so by hand after the format's description; SciPy reads it back below
def element(kind, payload):
    return struct.pack('>II', kind, len(payload)) + payload + bytes(-len(payload) % 8)


def big_endian(name, array, class_code, storage):
    head = element(6, struct.pack('>II', class_code, 0)) + element(5, struct.pack('>3i', *array.shape)) + element(1, name)
    return element(14, head + element(storage, array.astype(array.dtype.newbyteorder('>')).tobytes(order='F')))


with open(at('big-endian.mat'), 'wb') as f:
    f.write(b'MATLAB 5.0 MAT-file, by hand'.ljust(124) + b'\x01\x00MI' + big_endian(b'cube', cube, 10, 3))
with open(at('big-endian-double.mat'), 'wb') as f:
    f.write(b'MATLAB 5.0 MAT-file, by hand'.ljust(124) + b'\x01\x00MI' + big_endian(b'radiance', cube * 0.5, 6, 9))


# --- version 7.3, written by h5py as MATLAB lays it out: dimensions reversed, 512 bytes in front
def v73(name, fill):
    with h5py.File(at(name), 'w', userblock_size=512) as h5:
        fill(h5)
    with open(at(name), 'r+b') as f:
        f.write(b'MATLAB 7.3 MAT-file, by h5py'.ljust(116) + bytes(8) + b'\x00\x02IM')


def put(h5, name, array, matlab_class, **options):
    h5.create_dataset(name, data=array.T, **options).attrs['MATLAB_class'] = np.bytes_(matlab_class)


def fill_all(h5):
    put(h5, 'cube', cube, 'int16', chunks=(4, 7, 5), compression='gzip', shuffle=True)
    put(h5, 'wavelengths', wavelengths, 'double')
    put(h5, 'flat', np.ones((5, 7)), 'double')
    put(h5, 'mask', np.ones((5, 7, 9), np.uint8), 'logical')
    put(h5, 'note', np.frombuffer(b't\0e\0', np.uint16).reshape(1, 2), 'char')
    h5.create_group('settings').create_dataset('a', data=1.0)
    put(h5, 'spectrum', np.zeros((5, 7, 9), [('real', 'f8'), ('imag', 'f8')]), 'double')
    h5['elsewhere'] = h5py.ExternalLink('other.mat', '/cube')
    h5['nowhere'] = h5py.SoftLink('/missing')


v73('v73.mat', fill_all)
v73('v73-int64.mat', lambda h5: put(h5, 'cube', cube.astype(np.int64) - 2**40, 'int64'))
v73('v73-big-endian.mat', lambda h5: put(h5, 'cube', cube.astype('>f4'), 'single'))
v73('v73-plain.mat', lambda h5: h5.create_dataset('cube', data=cube.T))

expected = {'fixtures': {}, 'shared': {}}
for name, variables in {'v5.mat': ['cube'], 'v7.mat': ['cube'], 'types.mat': sorted(types), 'two-cubes.mat': ['first', 'second'],
                        'big-endian.mat': ['cube'], 'big-endian-double.mat': ['radiance']}.items():
    content = loadmat(at(name))
    expected['fixtures'][name] = {v: facts(content[v]) for v in variables}
assert np.array_equal(loadmat(at('big-endian.mat'))['cube'], cube)
expected['fixtures']['bands-first.mat'] = {'cube': facts(np.moveaxis(loadmat(at('bands-first.mat'))['cube'], 0, 2))}
for name in ['v73.mat', 'v73-int64.mat', 'v73-big-endian.mat', 'v73-plain.mat']:
    with h5py.File(at(name)) as h5:
        expected['fixtures'][name] = {'cube': facts(h5['cube'][()].T)}

root = sys.argv[1] if len(sys.argv) > 1 else None
for path in sorted(glob.glob(os.path.join(root, '**', '*.mat'), recursive=True)) if root else []:
    key = os.path.relpath(path, root)
    if h5py.is_hdf5(path):
        with h5py.File(path) as h5:
            content = {k: v[()].T for k, v in h5.items() if isinstance(v, h5py.Dataset)}
    else:
        content = loadmat(path)
    cubes = {k: v for k, v in content.items() if isinstance(v, np.ndarray) and v.ndim == 3}
    expected['shared'][key] = {k: facts(v) for k, v in cubes.items()}
    for k, v in content.items():
        if k == 'wavelengths':
            expected['shared'][key]['wavelengths'] = [float(x) for x in np.ravel(v)]
with open(at('expected.json'), 'w') as f:
    json.dump(expected, f, indent=1)
    f.write('\n')
