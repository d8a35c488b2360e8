import { cube } from './cube'
import { exporting } from './exporting'
import { general } from './general'
import { importing } from './importing'
import { linked } from './linked'
import { training } from './training'
import { viewer } from './viewer'
import { workspace } from './workspace'

/** Every string of the interface, a file a feature. A string with values in it is a function. */
export const text = { general, workspace, importing, viewer, training, exporting, cube, linked }
