export const general = {
  product: 'DACN Studio',
  tagline: 'Sharpens hyperspectral scenes with a network fine-tuned on the scene itself',
  cancel: 'Cancel',
  close: 'Close',
  remove: 'Remove',
  rename: 'Rename…',
  undo: 'Undo',
  open: 'Open',
  copyDetails: 'Copy details',
  showInFolder: 'Show in folder',
}
