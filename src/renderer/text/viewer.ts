export const viewer = {
  picture: 'Picture of the scene',
  mapKeys: 'Wheel or + and − zoom, drag or arrow keys move, double click or 0 shows all',
  divider: 'Divider between the two pictures',
}
