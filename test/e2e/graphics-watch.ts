import type { Page } from 'playwright-core'

export interface LiveGraphics {
  /** WebGL contexts made since then that are not lost. */
  contexts: number
  /** Textures made and not deleted since then, of contexts that are not lost. */
  textures: number
}

/** From now on counts what the page holds on the graphics processor; gives the way to ask. */
export async function watchGraphics(page: Page): Promise<() => Promise<LiveGraphics>> {
  await page.evaluate(() => {
    const live = { contexts: new Set<WebGL2RenderingContext>(), textures: new Map<WebGL2RenderingContext, number>() }
    Object.assign(window, { live })
    type Method = (this: unknown, ...args: unknown[]) => unknown
    const wrap = (prototype: object, name: string, heard: (self: unknown, args: unknown[], result: unknown) => void): void => {
      const plain = Reflect.get(prototype, name) as Method
      Reflect.set(prototype, name, function (this: unknown, ...args: unknown[]) {
        const result = plain.apply(this, args)
        heard(this, args, result)
        return result
      })
    }
    const count = (context: unknown, by: number): void => { live.textures.set(context as WebGL2RenderingContext, (live.textures.get(context as WebGL2RenderingContext) ?? 0) + by) }
    wrap(HTMLCanvasElement.prototype, 'getContext', (_canvas, _args, context) => { if (context instanceof WebGL2RenderingContext) live.contexts.add(context) })
    wrap(WebGL2RenderingContext.prototype, 'createTexture', (context) => { count(context, 1) })
    wrap(WebGL2RenderingContext.prototype, 'deleteTexture', (context, [texture]) => { if (texture !== null) count(context, -1) })
  })
  return () => page.evaluate(() => {
    const { contexts, textures } = (window as unknown as { live: { contexts: Set<WebGL2RenderingContext>; textures: Map<WebGL2RenderingContext, number> } }).live
    return {
      contexts: [...contexts].filter((context) => !context.isContextLost()).length,
      textures: [...textures].reduce((sum, [context, held]) => sum + (context.isContextLost() ? 0 : held), 0),
    }
  })
}
