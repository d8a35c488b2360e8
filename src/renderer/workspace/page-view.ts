import { defineAsyncComponent, type Component } from 'vue'
import ResultPage from '../export/ResultPage.vue'
import UpscalePage from '../export/UpscalePage.vue'
import ComparePage from '../linked/ComparePage.vue'
import CompareRunsPage from '../training/CompareRunsPage.vue'
import FineTunePage from '../training/FineTunePage.vue'
import ModelPage from '../training/ModelPage.vue'
import RunPage from '../training/RunPage.vue'
import ScenePage from '../viewer/ScenePage.vue'
import AboutPage from './AboutPage.vue'
import type { Page } from './navigation-store'
import OverviewPage from './OverviewPage.vue'
import SettingsPage from './SettingsPage.vue'

const COMPONENTS: Record<Page['kind'], Component> = {
  overview: OverviewPage,
  scene: ScenePage,
  'fine-tune': FineTunePage,
  run: RunPage,
  'compare-runs': CompareRunsPage,
  model: ModelPage,
  upscale: UpscalePage,
  result: ResultPage,
  // three.js is half of the program: it is read when a cube is wanted
  cube: defineAsyncComponent(() => import('../cube/CubePage.vue')),
  compare: ComparePage,
  settings: SettingsPage,
  about: AboutPage,
}

/** The component of a page and its properties. `key` differs where a page must start afresh. */
export function pageView(page: Page): { component: Component; props: Record<string, unknown>; key: string } {
  const { kind, ...props } = page
  return { component: COMPONENTS[kind], props, key: JSON.stringify(page) }
}
