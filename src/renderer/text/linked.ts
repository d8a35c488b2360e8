const THIN = '\u2009'

export const linked = {
  title: 'Compare',
  open: 'Compare',
  gone: 'This scene is no longer in the project.',
  unread: 'The file of this scene can’t be read at the moment.',
  maps: 'Linked maps',
  panel: 'Spectra, layers and display',
  tabs: { spectra: 'Spectra', layers: 'Layers', display: 'Display' },

  // arranging
  tools: 'Arrange the maps',
  arrangements: { grid: 'Side by side', swipe: 'Swipe', flicker: 'Flicker' },
  needsTwo: 'Needs two views',
  addView: 'Add a view', mostViews: 'Four views are shown already',
  shared: 'Same bands in all', sharedAbout: 'Scene and results with the same bands and limits. Off: each view for itself.',
  inset: 'Overview', insetAbout: 'The whole scene; click to look there',
  play: 'Play through the bands', pause: 'Stop playing',
  flickerRate: 'Changes a second', rate: (value: number) => `${value}${THIN}/s`, flickerKey: 'Press F to change over', flickerHold: 'Hold', flickerGo: 'Change by itself',

  // a view
  view: (number: number, name: string) => `View ${number}: ${name}`, layer: (number: number) => `Layer of view ${number}`,
  close: 'Close this view', saveView: 'Save as picture for a report', extent: (from: string, to: string) => `${from} to ${to}`, kinds: { scene: 'Scene', result: 'Results', bicubic: 'Interpolated', difference: 'Differences', analysis: 'Computed' },
  labels: { result: (name: string) => name, bicubic: (result: string) => `Bicubic at ${result}`, difference: (result: string) => `Difference of ${result}` },
  units: { stored: 'stored', degrees: '°', deviations: 'σ', none: '' },
  differenceAbout: 'What the result has more than the bicubic interpolation', noData: 'no data', values: 'Values under the cursor', legend: (name: string) => `Colours of ${name}`,
  north: 'North is up along the arrow',

  // below the maps
  status: { label: 'Under the cursor', idle: 'Point at a map', row: 'Row', col: 'Col', geographic: 'WGS 84', zoom: (percent: string) => `${percent}${THIN}%` },

  // spectra
  hint: 'Point at a map to see the spectra of all views; click to keep them.',
  pinOf: (place: string, layer: string | null) => (layer === null ? place : `${place}, ${layer}`),
  place: (row: number, col: number) => `${row + 1} / ${col + 1}`, region: (number: number) => `Region ${number}`,
  forms: { values: 'Values', continuum: 'No continuum', derivative: 'Derivative' }, form: 'Form of the spectra',
  yLabels: { values: 'scaled value', continuum: 'share of the continuum', derivative: { nm: 'slope per nm', band: 'slope per band' } },
  storedValue: 'stored value',
  range: 'Part of the axis', absorptions: 'Absorptions', wavelengths: (from: string, to: string) => `${from}–${to}${THIN}nm`, bands: (from: string, to: string) => `bands ${from}–${to}`,
  rectangle: 'Rectangle', rectangleAbout: 'Adds a rectangle to move and resize; its mean spectrum is shown with the standard deviation', regionLabel: (name: string) => `${name}: drag to move, drag its edges to resize`,
  polygon: 'Polygon', polygonAbout: 'Click corners on a map; the mean spectrum of what they enclose is shown with the standard deviation', cornerLabel: (name: string, corner: number) => `Corner ${corner} of ${name}: arrow keys move it, Delete removes it`,
  drawing: 'Click corners; a double click closes.', drawingKeys: 'Enter closes, Backspace takes one back, Esc cancels.', drawn: 'Close polygon',
  colour: (number: number) => `Colour ${number}`, colourOf: (name: string) => `Colour of ${name}`, nameOf: (name: string) => `New name of ${name}`, rename: (name: string) => `Rename ${name}`,
  regionEmpty: 'no data inside', regionMiddle: (place: string) => `Middle: ${place}`,
  regionPixels: (pixels: string) => `${pixels}${THIN}px`, remove: (name: string) => `Remove ${name}`, removeAll: 'Remove all',
  keptPlaces: 'Kept places and regions', showOnMap: (name: string) => `Show ${name} on the maps`,
  export: 'Export', png: 'Picture (PNG)', csv: 'Curves (CSV)', regions: 'Regions: n, mean, std (CSV)', regionsFile: (scene: string) => `${scene}-regions`, library: 'ENVI spectral library', saved: (path: string) => `Saved to ${path}`, file: (scene: string) => `${scene}-spectra`,

  // computed layers
  compute: 'Compute', of: 'Of', chooseResult: 'Choose a result: a scene can’t be compared with itself.',
  analyses: {
    'spectral-angle': { name: 'Spectral angle', about: 'Between every spectrum and a kept one, in degrees.' },
    components: { name: 'Principal components', about: 'The three directions in which the spectra vary most, as colours.' },
    formula: { name: 'Index or formula', about: 'Bands as b12 or 860nm, numbers, + − × ÷ and parentheses.' },
    consistency: { name: 'Consistency', about: 'What is left after degrading the result again: RMS over the bands.' },
    'bicubic-angle': { name: 'Angle to bicubic', about: 'Where the result changed the shape of spectra, in degrees.' },
  },
  reference: 'Kept place', noReference: 'Click a map to keep a place first.', formula: 'Formula', presets: 'Formulas that are often used',
  formulas: [
    { label: 'NDVI', formula: '(860nm - 650nm) / (860nm + 650nm)' },
    { label: 'NDWI', formula: '(560nm - 860nm) / (560nm + 860nm)' },
    { label: 'NDMI', formula: '(860nm - 1610nm) / (860nm + 1610nm)' },
    { label: 'Red edge', formula: '705nm / 665nm' },
    { label: 'Carotenoids', formula: '800nm / 500nm' },
    { label: 'PRI', formula: '(531nm - 570nm) / (531nm + 570nm)' },
  ],
  understood: (meaning: string) => `= ${meaning}`,
  computing: 'Being computed', waiting: 'waiting', cancel: 'Cancel',
  computed: 'Computed layers', none: 'Nothing was computed yet.', show: 'Show', shown: 'shown', exportLayer: 'Export as GeoTIFF', removeLayer: (name: string) => `Remove ${name}`,
  statistics: (min: string, mean: string, max: string) => `min ${min} · mean ${mean} · max ${max}`, percentiles: (low: string, median: string, high: string) => `2${THIN}% ${low} · median ${median} · 98${THIN}% ${high}`,

  // display
  displayOf: (name: string) => `Display of ${name}`, displayOfAll: 'Display of scene and results',
  component: 'Shown', asColours: 'All three as colours', colourMap: 'Colour map', colourMaps: { viridis: 'Viridis', cividis: 'Cividis', magma: 'Magma', inferno: 'Inferno', grey: 'Grey', coolwarm: 'Cool to warm' },
  percent: 'Cut at either end', band: 'Band', symmetric: 'The limits lie as far below zero as above it, so that grey is no difference.',
}
