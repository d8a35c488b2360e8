const BLUR = '-psf'

/** Folder in resources/models of the shipped weights of a network's scale, for block means or for sensors that blur. */
export function shippedName(scale: number, blur: boolean): string {
  return `studio-${scale}x${blur ? BLUR : ''}`
}

/** What the weights in such a folder are called. */
export function shippedTitle(name: string): string {
  return `Base weights ${name.replace(/^studio-/, '').replace(BLUR, ', blur')}`
}
