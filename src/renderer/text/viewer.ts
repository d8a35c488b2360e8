export const viewer = {
  picture: 'Picture of the scene',
  mapKeys: 'Wheel or + and − zoom, drag or arrow keys move, double click or 0 shows all',
  zoomIn: 'Zoom in', zoomOut: 'Zoom out', fit: 'Show all',
  wavelength: 'wavelength, nm',
  bandNumber: 'band',
  storedValue: 'stored value',
  physicalValue: 'value',
  pixelAt: (row: number, col: number) => `row ${row}, column ${col}`,
  divider: 'Divider between the two pictures',
}
