/** Whether keys and their names are those of a Mac. */
export const isMac = navigator.platform.startsWith('Mac')
