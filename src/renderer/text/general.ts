export const general = {
  product: 'DACN Studio',
  cancel: 'Cancel',
  close: 'Close',
  remove: 'Remove',
  rename: 'Rename…',
  undo: 'Undo',
  copyDetails: 'Copy details',
  showInFolder: 'Show in folder',
}
