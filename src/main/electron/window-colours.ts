/** The page's background before its styles are there, so that opening or resizing shows no flash: `--page` of the renderer. */
export const PAGE_COLOURS = { light: '#f4f6f8', dark: '#12171c' } as const
