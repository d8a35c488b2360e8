import { formatGain } from '../shared/format'

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

export const workspace = {
  sections: { scene: 'Scenes', model: 'Models', run: 'Runs', result: 'Results' },
  overview: 'Overview',
  bands: (count: number) => many(count, 'band', 'bands'),
  times: (scale: number) => `${scale}×`,
  gain: (decibels: number) => formatGain(decibels),
  sceneStates: { ready: '', preparing: 'Making a working copy', missing: 'File missing', changed: 'File has changed' },
  outcomes: {
    queued: 'Waiting', running: 'Running', cancelling: 'Cancelling', paused: 'Paused', done: '', failed: 'Failed', cancelled: 'Cancelled', interrupted: 'Interrupted',
  },
  damaged: 'Damaged: it cannot be used',
  shipped: 'Comes with DACN Studio',

  // the lists
  lists: 'Project',
  collapse: (section: string) => `Fold ${section}`, expand: (section: string) => `Unfold ${section}`,
  more: (name: string) => `Actions for ${name}`,
  nameOf: (name: string) => `New name of ${name}`,
  importScenes: 'Import scenes', importModel: 'Import a model file',
  empty: { scene: 'None yet. Drop files anywhere.', model: 'None yet.', run: 'None yet. Fine-tune a scene.', result: 'None yet. Upscale a scene.' },
  selected: (count: number) => `${count} selected`, clearSelection: 'Clear selection',
  menu: {
    open: 'Open', cube: '3-D cube', compareMaps: 'Compare on maps', fineTune: 'Fine-tune…', upscale: 'Upscale & export…', relink: 'Choose its new place…', show: 'Show in folder', rename: 'Rename',
    remove: 'Remove', removeFromList: 'Remove from list', removeMany: (count: number) => `Remove ${count}`, trash: 'Remove and move files to trash…',
    upscaleWith: 'Upscale with it…', tuneFrom: 'Fine-tune from it…', export: 'Export as file…', continue: 'Continue', openModel: 'Open its model',
    fineTuneMany: (count: number) => `Fine-tune on ${count} scenes…`, upscaleMany: (count: number) => `Upscale ${count} scenes…`, compareRuns: (count: number) => `Compare ${count} runs`,
  },
  fineTuneShort: 'Fine-tune…', upscaleShort: 'Upscale…', compareShort: 'Compare',
  removed: (name: string) => `Removed “${name}”.`, removedMany: (count: number) => `Removed ${count} entries.`,
  trash: { title: (name: string) => `Move the files of “${name}” to the trash?`, about: 'The result leaves the list, and its files go to the system’s trash.', yes: 'Move to trash' },
  otherFile: { title: 'This is another scene', about: 'The file that you chose does not hold the scene that was imported. Models and results of this scene may not fit it.', yes: 'Use it anyway' },
  exported: (path: string) => `Exported to ${path}`,

  // the project's menu and the header
  projectMenu: 'Project menu',
  project: { rename: 'Rename project', show: 'Show in folder', close: 'Close project', renameTitle: 'Rename project', name: 'Name', save: 'Rename' },
  search: 'Search', settings: 'Settings', toLight: 'Light theme', toDark: 'Dark theme',
  back: 'Back', forward: 'Forward', breadcrumbs: 'Where you are',
  pages: {
    gone: 'Removed', scenes: (count: number) => many(count, 'scene', 'scenes'), fineTune: 'Fine-tune', upscale: 'Upscale & export', compare: (count: number) => `Compare ${count} runs`,
    settings: 'Settings', about: 'About',
  },
  skip: 'To the page',
  notices: 'Notices of the project',

  // first screen
  start: {
    newProject: 'New project', newAbout: 'A folder that keeps models, runs and results. Your scenes stay where they are.',
    open: 'Open project', openAbout: 'Choose the folder of an existing project.',
    sample: 'Try the sample project', sampleAbout: 'A small hyperspectral scene that is ready to explore, fine-tune and sharpen in a few minutes.',
    recent: 'Recent projects', noRecent: 'Projects that you open will be listed here.',
    missing: 'Missing', locate: 'Locate…', forget: 'Forget', forgetOne: (name: string) => `Take ${name} off the list`, about: 'About',
  },

  // overview
  steps: {
    title: 'From scene to sharper map', number: (step: number) => `Step ${step}`,
    import: { name: 'Import a scene', about: 'ENVI, GeoTIFF or MATLAB. Drop files anywhere in the window.', done: (count: number) => `${many(count, 'scene', 'scenes')} in the project`, action: 'Import scenes…', more: 'Import more…' },
    'fine-tune': { name: 'Fine-tune', about: 'The network learns from your scene in a few minutes; held-out ground judges it.', done: (count: number) => `${many(count, 'run', 'runs')} finished`, action: 'Fine-tune…', more: 'Fine-tune again…' },
    upscale: { name: 'Upscale & export', about: 'A GeoTIFF or ENVI file that lands exactly where it belongs, with a receipt.', done: (count: number) => `${many(count, 'result', 'results')} written`, action: 'Upscale…', more: 'Upscale more…' },
    underWay: 'Under way', later: 'Needs a scene first',
  },
  noScenes: 'Drop scenes here', noScenesAbout: 'Or paste a path, or choose files. Either file of an ENVI pair will do.',
  recentRuns: 'Recent runs', recentResults: 'Recent results', noRuns: 'No run yet', noResults: 'No result yet',
  interrupted: {
    title: (count: number) => (count === 1 ? 'One job was interrupted' : `${count} jobs were interrupted`),
    about: 'The program ended while they were running. Nothing that was saved is lost: they continue where they were.',
    continue: 'Continue', continueAll: 'Continue all',
  },

  // jobs
  jobs: 'Jobs', noJobs: 'No job is running', queue: (count: number) => `${count} waiting`, showQueue: 'Show all jobs', allJobs: 'Jobs of this session', noneYet: 'No job was started yet.',
  pause: 'Pause', resume: 'Resume', stop: 'Stop and keep the best', cancelJob: 'Cancel',
  left: (duration: string) => `${duration} left`, leftAtMost: (duration: string) => `at most ${duration} left`, doneOf: (done: string, total: string, unit: string) => `${done} of ${total} ${unit}`,
  jobStates: { queued: 'Waiting', running: 'Running', paused: 'Paused', cancelling: 'Cancelling…', done: 'Done', failed: 'Failed', cancelled: 'Cancelled' },
  attention: (count: number) => `${count} unfinished`, attentionTitle: 'Interrupted and failed',
  jobDone: (title: string) => `${title}: done`, jobFailed: (title: string) => `${title}: failed`,

  // dropping and pasting
  dropHere: 'Drop to import', dropAbout: 'ENVI (either file of a pair), GeoTIFF, MATLAB',
  dropNeedsProject: 'Open a project first', dropNeedsProjectAbout: 'Scenes are imported into a project: make one, or try the sample.',

  // palette and shortcuts
  palette: { label: 'Command palette', placeholder: 'Search commands, scenes, models, runs, results', nothing: 'Nothing found', views: { cube: (name: string) => `3-D cube of ${name}`, 'compare-maps': (name: string) => `Compare ${name} on maps` }, kinds: { command: 'Command', view: 'View', scene: 'Scene', model: 'Model', run: 'Run', result: 'Result' } },
  commands: {
    'new-project': 'New project…', 'open-project': 'Open project…', 'open-sample': 'Open sample project', 'close-project': 'Close project', 'import-scenes': 'Import scenes…',
    'fine-tune': 'Fine-tune…', upscale: 'Upscale & export…', undo: 'Bring back what was removed last', 'command-palette': 'Command palette', settings: 'Settings', about: 'About DACN Studio',
    shortcuts: 'Keyboard shortcuts', 'next-page': 'Next page', 'previous-page': 'Previous page', 'toggle-theme': 'Switch between light and dark',
  },
  undoOf: (what: string) => `Undo: ${what}`,
  shortcuts: {
    title: 'Keyboard shortcuts',
    groups: { program: 'Program', project: 'Project', pages: 'Pages', maps: 'Maps', compare: 'Compare', lists: 'Lists' },
    pan: 'Move the map', zoom: 'Nearer or farther', fit: 'Show all', cursor: 'Move the cursor by a pixel', pin: 'Keep the spectrum at the cursor',
    nextBand: 'Next band', previousBand: 'Previous band', flicker: 'Change between two maps that flicker', rectangle: 'Region: rectangle', polygon: 'Region: draw a polygon',
    corner: 'Polygon: corner at the cursor', takeBack: 'Polygon: take a corner back', closePolygon: 'Polygon: close', cancelPolygon: 'Polygon: cancel',
    back: 'Back', forward: 'Forward', paste: 'Import files whose paths were copied', undo: 'Undo removal',
    up: 'Line above or below', openItem: 'Open', rename: 'Rename', remove: 'Remove', range: 'Mark several', menu: 'Menu of the line',
  },

  // settings
  prefs: {
    appearance: 'Appearance', theme: 'Theme', themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    computing: 'Computing', device: 'Device', deviceAbout: 'What jobs compute on.', devices: { auto: (name: string) => `Automatic: ${name}`, cpu: (name: string) => `Processor: ${name}` },
    threads: 'Processor threads', threadsAbout: 'Fewer threads leave more of the machine to other programs; jobs take longer.', allThreads: 'All',
    memory: 'Memory for upscaling', memoryAbout: (free: string, all: string) => `Tiles are planned to stay within it. ${free} of ${all} are free now.`, unit: 'MB',
    precision: 'Precision', precisions: { float32: '32-bit float', bfloat16: 'bfloat16' },
    precisionAbout: { float32: 'Exact and the same on every machine.', bfloat16: 'Faster on this processor, with three digits instead of seven inside the network; results differ slightly.' },
    noBfloat16: 'bfloat16 is not offered: this machine has no instructions for it.',
    storage: 'Storage', cache: 'Working copies', cacheAbout: 'Scenes that are slow to read get an uncompressed copy. It can be deleted at any time and is made again when needed.',
    inProject: 'Inside each project', choose: 'Change folder…', clear: 'Delete copies', cacheUse: (bytes: string) => `${bytes} used`, freed: (bytes: string) => `${bytes} freed.`,
    closing: 'Closing', onClose: 'When the window is closed while jobs run',
    onCloseChoices: { ask: 'Ask', background: 'Keep them running in the background', stop: 'Stop and keep the best', cancel: 'Cancel them' },
  },

  // about
  aboutPage: {
    runsOn: 'Runs on', version: 'Version', electron: 'Electron', chromium: 'Chromium', node: 'Node.js', tensorflow: 'TensorFlow', platform: 'System', device: 'Device', source: (source: string) => `(${source})`,
    log: 'Log file', openLog: 'Open log', copy: 'Copy all', licences: 'Licences', findLicence: 'Find a library or licence', noLicence: 'No such library',
    library: 'Library', licence: 'Licence', paper: 'The network is that of arXiv 2506.05041.',
  },
}
