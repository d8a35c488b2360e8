const THIN = '\u2009'

export const cube = {
  name: '3-D cube',
  gone: 'This scene or result is no longer in the project.',
  unreadable: 'The cube can’t be shown while the file is missing.',
  back: { scene: 'To the scene', result: 'To the result' },
  kinds: { source: 'Source', bicubic: 'Bicubic', result: 'Result', difference: 'Difference' },
  shown: 'Shown', shownOf: ['Cube on the left', 'Cube on the right'] as const, result: 'Result', sideBySide: 'Side by side', pairHint: 'Two cubes with one camera, the same cuts and the same colours',
  noGraphics: { title: 'The cube can’t be drawn here', about: 'WebGL 2 is missing. Update the graphics driver, or start the program without --disable-gpu.' },
  lost: 'The graphics processor was reset; the cube comes back.',
  stage: (title: string) => `3-D cube, ${title}: arrow keys turn it, Shift with arrows moves it, + and − zoom, 1 top, 2 front, 3 isometric`,
  keys: { title: '3-D cube', turn: 'Turn the cube', move: 'Move the cube', zoom: 'Nearer or farther', top: 'From the top', front: 'From the front', isometric: 'Isometric', cut: 'On a cut plane’s handle: move it by one, or by ten' },
  loading: 'Reading the cube', reading: 'Reading…',

  presets: { title: 'View', top: 'Top', front: 'Front', isometric: 'Isometric' },
  axes: { row: 'Row', col: 'Column', nm: 'Wavelength, nm', band: 'Band', x: 'x', y: 'y', easting: 'Easting', northing: 'Northing', longitude: 'Longitude', latitude: 'Latitude' },
  ground: { title: 'Labels', pixels: 'Pixels', coordinates: 'Coordinates' },

  mode: { title: 'Drawn as', faces: 'Faces', volume: 'Volume' },
  volume: {
    loading: 'Reading the volume', rendering: 'Rendering', maximum: 'Greatest value', transfer: 'Opacity',
    opacity: 'Opacity of values', opacityHint: 'Drag the corners; double click adds or removes one', opacityHintSigned: 'By the size of the difference, from none to the limit. Drag the corners; double click adds or removes one', opacityOfDifference: 'Opacity of differences', corner: (number: number) => `Corner ${number} of the opacity`, cornerAt: (at: number, opacity: number) => `value ${at} %, opacity ${opacity} %`,
    reset: 'Reset', size: (shown: string) => `${shown} voxels`, reduced: (shown: string, whole: string) => `${shown} voxels of ${whole}`,
  },
  cuts: {
    title: 'Cut planes', row: 'Rows', col: 'Columns', slice: 'Wavelengths', sliceBand: 'Bands', reset: 'Show all',
    range: (from: string, to: string) => (from === to ? from : `${from}–${to}`),
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
    limits: 'Limits', modes: { cube: 'Cube', band: 'Each band', own: 'Own' }, modeHints: { cube: 'One scale for all bands', band: 'Each band by itself, so that faint ones show', own: 'Values as typed' },
    percent: 'Cut at either end', low: 'Low', high: 'High', valueLimits: 'Values', differenceLimit: 'Difference, ±',
    perBand: ['low', 'high'] as const, perBandSigned: ['less', 'more'] as const, badBands: 'Bad bands', badBandsHint: 'Greyed and hatched on the faces, never in the volume; off: left out of the stack', top: 'Colour picture on top',
  },
  legend: { wavelengths: 'Wavelengths of the stack; click to cut there', bad: 'bad band', stored: 'stored value', values: 'Colours of stored values', difference: 'Result minus bicubic, in stored values: blue where the result is less, red where it is more' },

  status: {
    idle: 'Point to read values, click to keep the spectrum', row: 'Row', col: 'Col', noData: 'no data',
    frame: (rate: string, milliseconds: string) => `${rate} frames/s (${milliseconds}${THIN}ms)`, reduced: (percent: number) => ` at ${percent}${THIN}% resolution`,
    frameAbout: 'While the cube moves: the median time from one frame to the next. A volume is drawn coarsely then, and finely at rest.',
  },
  spectra: { title: 'Spectra', hint: 'Point at the cube; click to keep the spectrum.', cursor: 'Cursor', of: (name: string, kind: string) => `${name}, ${kind}`, clear: 'Remove all' },
}
