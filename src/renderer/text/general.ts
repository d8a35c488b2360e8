export const general = {
  product: 'DACN Studio',
  tagline: 'Sharpens hyperspectral scenes with a network fine-tuned on the scene itself',
  cancel: 'Cancel',
  close: 'Close',
  remove: 'Remove',
  undo: 'Undo',
  open: 'Open',
  copyDetails: 'Copy details',
  /** What is wrong with a list of bands as typed. */
  bandProblems: { empty: () => 'Type bands or ranges, such as 1-60, 75.', unreadable: (part: string) => `“${part}” is no band or range.`, outside: (part: string, count: number) => `“${part}” is outside of 1 to ${count}.` },
}
