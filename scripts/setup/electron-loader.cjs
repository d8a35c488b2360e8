'use strict'
// Opens the program in the folder that is given as the first plain argument, as the loader of an official Electron does.
const { readFileSync } = require('node:fs')
const { join, resolve } = require('node:path')
const { app } = require('electron')

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (given === undefined) {
  console.error('Give the folder of the program to open.')
  app.exit(2)
} else {
  const folder = resolve(given)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  process.defaultApp = true
  app.setName(manifest.productName || manifest.name)
  app.setVersion?.(manifest.version)
  app.setAppPath(folder)
  require(join(folder, manifest.main))
}
