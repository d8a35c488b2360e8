#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setUp } from './setup.mjs'

// The command `dacn`: sees that the checkout is set up, then runs the built command line in this process.

await setUp({ quick: true, deep: false })
await import(pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), '..', 'out', 'main', 'cli.cjs')).href)
