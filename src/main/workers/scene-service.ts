import { channelToMain } from './scene-channel'
import { serveScenes } from './serve-scenes'

/**
 * Entry of the scene process: one for the whole program, which reads scenes so that main never decodes pixels. Main tells
 * it of layers, windows ask it for pictures of them over ports of their own (see scenes/scene-messages.ts).
 */
function main(): void {
  const channel = channelToMain()
  if (channel === null) {
    console.error('This program reads scenes for DACN Studio and is started by it: use `npx dacn` instead.')
    process.exitCode = 2
    return
  }
  // Ctrl-C in a terminal reaches the whole process group; main decides what it means
  process.on('SIGINT', () => undefined)
  serveScenes(channel)
}

main()
