const THIN = '\u2009'

export const cube = {
  name: '3-D cube',
  gone: 'This scene or result is no longer in the project.',
  unreadable: 'The cube can’t be shown while the file is missing.',
  back: { scene: 'To the scene', result: 'To the result' },
  shown: 'Shown', source: 'Source', resultOf: (name: string) => name,
  noGraphics: { title: 'The cube can’t be drawn here', about: 'WebGL 2 is missing. Update the graphics driver, or start the program without --disable-gpu.' },
  lost: 'The graphics processor was reset; the cube comes back.',
  stage: '3-D cube: arrow keys turn it, Shift with arrows moves it, + and − zoom, 1 top, 2 front, 3 isometric',
  loading: 'Reading the cube’s faces',

  presets: { title: 'View', top: 'Top', front: 'Front', isometric: 'Isometric' },
  axes: { row: 'Row', col: 'Column', nm: 'Wavelength, nm', band: 'Band', x: 'x', y: 'y', easting: 'Easting', northing: 'Northing', longitude: 'Longitude', latitude: 'Latitude' },
  ground: { title: 'Labels', pixels: 'Pixels', coordinates: 'Coordinates' },

  mode: { title: 'Drawn as', faces: 'Faces', volume: 'Volume' },
  volume: {
    loading: 'Reading the volume', rendering: 'Rendering', maximum: 'Greatest value', transfer: 'Opacity',
    opacity: 'Opacity of values', opacityHint: 'Drag the corners; double click adds or removes one', corner: (number: number) => `Corner ${number} of the opacity`, cornerAt: (at: number, opacity: number) => `value ${at} %, opacity ${opacity} %`,
    reset: 'Reset', size: (shown: string) => `${shown} voxels`, reduced: (shown: string, whole: string) => `${shown} voxels of ${whole}`,
  },
  cuts: {
    title: 'Cut planes', row: 'Rows', col: 'Columns', slice: 'Wavelengths', sliceBand: 'Bands', reset: 'Show all',
    range: (from: string, to: string) => `${from} – ${to}`,
    nm: (value: string) => `${value}${THIN}nm`,
    first: (name: string) => `${name}: first`, last: (name: string) => `${name}: last`,
    handle: { row: { from: 'First row', to: 'Last row' }, col: { from: 'First column', to: 'Last column' }, slice: { from: 'First wavelength', to: 'Last wavelength' } },
    drag: 'Drag to cut, or use the arrow keys',
  },
  save: {
    title: 'Save', size: 'Size of the picture', scale: (times: number) => `${times}${THIN}×`, transparent: 'Transparent ground', picture: 'Picture…', turn: 'Turntable…',
    film: 'Film (WebM)', frames: 'Frames (PNG in a ZIP)', busy: 'Drawing…', drawing: (frame: number, all: number) => `Drawing frame ${frame} of ${all}`, recording: 'Putting the frames together…', nothing: 'There is no cube to save.',
  },
  stretch: 'Height of the stack',
  colours: {
    title: 'Colours', map: 'Colour map', maps: { viridis: 'Viridis', cividis: 'Cividis', magma: 'Magma', inferno: 'Inferno', grey: 'Grey', coolwarm: 'Cool to warm' },
    limits: 'Limits', modes: { cube: 'Whole cube', band: 'Each band' },
    perBand: ['low', 'high'] as const, top: 'Colour picture on top',
  },
  legend: { wavelengths: 'Wavelengths of the stack; click to cut there', bad: 'bad band' },

  status: { idle: 'Point at the cube to read values; click to keep a spectrum', row: 'Row', col: 'Col', noData: 'no data', frame: (milliseconds: string, rate: string) => `${milliseconds}${THIN}ms · ${rate}${THIN}fps`, frameAbout: 'Time from one frame to the next while the cube moves' },
  spectra: { title: 'Spectra', hint: 'Point at the cube; click to keep the spectrum.', cursor: 'Cursor', clear: 'Remove all' },
}
