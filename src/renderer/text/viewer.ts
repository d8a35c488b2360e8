const THIN = '\u2009'
const count = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`

export const viewer = {
  picture: 'Picture of the scene',
  mapKeys: 'Wheel or + and − zoom, drag or arrow keys move, double click or 0 shows all',
  zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Show all',
  reading: 'Reading pixels', unread: 'The picture can’t be read.', retry: 'Try again',
  wavelength: 'wavelength, nm',
  bandNumber: 'band',
  storedValue: 'stored value',
  physicalValue: 'scaled value',
  /** Counted from 1, as bands are. */
  pixelAt: (row: number, col: number) => `row ${row + 1}, column ${col + 1}`,
  divider: 'Divider between the two pictures',

  // the page
  gone: 'This scene is no longer in the project.',
  rename: 'Rename the scene', name: 'Name of the scene',
  fineTune: 'Fine-tune…', upscale: 'Upscale & export…',
  bands: (number: number) => count(number, 'band', 'bands'), badBands: (number: number) => `${number} bad`,
  problem: {
    missing: 'The file of this scene can’t be found', unreadable: 'The file of this scene can’t be read', changed: 'The file is no longer the one that was imported',
    aboutMissing: 'Scenes stay where they are. If the file was moved or its disk is not connected, choose its new place.',
    aboutChanged: 'It was written again or replaced. Models and results of this scene may not fit it.',
    relink: 'Choose its new place…', another: 'Choose another file…',
  },
  preparing: 'A working copy is being made. Until it is there, the picture comes slowly.',
  looking: 'Looking at the file…',
  panel: 'About the scene',
  tabs: { display: 'Display', spectrum: 'Spectrum', facts: 'Facts', bands: 'Bands', sensor: 'Sensor' },

  // the line below the map
  status: {
    label: 'Under the cursor', idle: 'Point at the picture to read its values',
    row: 'Row', col: 'Col', counted: 'Counted from 1',
    easting: 'E', northing: 'N', degree: '°',
    noData: 'no data', values: 'Stored values', scaledValues: 'Stored values, and what gain and offset make of them', geographic: 'WGS 84',
    zoom: (percent: string) => `${percent}${THIN}%`, zoomAbout: '100 %: one pixel of the scene on one pixel of the screen',
    centre: 'Centre of the pixel',
  },

  // display
  display: {
    presets: 'Bands to show', natural: 'Natural colour', proposed: 'Three bands', infrared: 'Colour infrared', single: 'Single band',
    noInfrared: 'The scene has no good bands near 860, 650 and 550 nm.',
    channels: ['Red', 'Green', 'Blue'], channel: (name: string) => `${name}: band`, grey: 'Grey',
    slider: 'Band', band: (number: number) => `Band ${number}`, nanometres: (value: string) => `${value}${THIN}nm`, bad: 'bad', findBand: 'Number or wavelength',
    stretch: 'Stretch', modes: { percentile: 'Percentile', 'min-max': 'Min–max', custom: 'Custom' },
    percent: 'Cut at either end', percentUnit: '%', gamma: 'Gamma', reset: 'Reset',
    histogram: (name: string) => `Histogram of ${name}`, low: (name: string) => `Lower limit of ${name}`, high: (name: string) => `Upper limit of ${name}`,
    storedValues: 'Limits are stored values; drag them or type.', counting: 'Counting values…', empty: 'This band has no valid pixel.',
  },

  // spectra
  spectrum: {
    hint: 'Point at the picture to see a spectrum; click to keep it.', cursor: 'Cursor', pinned: 'Kept spectra', none: 'Click the picture to keep a spectrum.',
    remove: (place: string) => `Remove the spectrum at ${place}`, show: (place: string) => `Show ${place} on the map`, clear: 'Remove all', export: 'Export spectra', png: 'As picture (PNG)', csv: 'As table (CSV)',
    at: (x: string) => `at ${x}`, shaded: 'Shaded: bad bands', file: (scene: string) => `${scene}-spectra`,
    saved: (path: string) => `Saved to ${path}`, fewSpectra: 'This scene has one band: a spectrum is a single value.',
  },

  // facts
  facts: {
    search: 'Search facts and metadata', copy: 'Copy all', copied: 'Copied.', metadata: 'Metadata of the file', nothing: 'Nothing found', none: 'The file carries no metadata.',
    names: { corner: 'Upper left corner', lowerCorner: 'Lower right corner', fwhm: 'Band width (FWHM)', scaling: 'Gain and offset', description: 'Description', place: 'File', added: 'Imported', fingerprint: 'Fingerprint' },
    perBand: 'differs by band', more: 'Show all', less: 'Show less', notices: 'Noticed when reading',
  },

  // bands
  bandEditor: {
    about: 'Bad bands are left out of training, statistics and spectra. The file itself is never changed.',
    strip: 'Bands by wavelength: click or drag to mark, Space toggles, arrows move',
    allBad: 'At least one band must be good.',
    undo: 'Undo', summary: (bad: number, all: number) => `${bad} of ${all} marked bad`,
    suggest: 'Look for unusable bands', suggestAbout: 'Reads a sample of every band.', looked: (done: number, all: number) => `${done} of ${all} bands`,
    nothingFound: 'No band is empty or constant.', alreadyBad: 'All of them are marked already.',
    empty: (bands: string) => `Without valid pixels: ${bands}`, constant: (bands: string) => `The same value everywhere: ${bands}`, mark: 'Mark as bad',
    corrections: 'Corrections',
    isBad: 'bad', isGood: 'good',
  },

  // sensor
  sensor: {
    title: 'Shift between red and blue', measuring: 'Measuring…', unknown: 'It can’t be measured: the scene has fewer than two good bands, or is smaller than 16 pixels a side.',
    rows: 'Rows', cols: 'Columns', distance: 'Distance', confidence: 'Confidence', pixels: (value: string) => `${value}${THIN}px`, ground: (value: string) => `(${value})`,
    diagram: 'Where red lies against blue, on one pixel', diagramRed: 'red', diagramBlue: 'blue',
    means: 'What it means for training',
    ways: (number: number) => `${number} of 8 orientations are used`,
    all: 'The bands lie on each other. Turned and mirrored copies of the scene look as the sensor could have seen them, so training uses all of them.',
    some: 'The bands are shifted against each other in one direction. Only copies that keep this direction are used: others would teach the network a shift that the sensor does not have.',
    identity: 'The bands are shifted in a direction that no turn or mirroring keeps, so training uses the scene as it is.',
    unsure: 'The shift could not be measured with certainty, so training uses the scene as it is and teaches the network no wrong one.',
  },
}
