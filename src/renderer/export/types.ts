import type { Requests, ResultView } from '../../preload/contract'

export type UpscalePlan = Requests['upscale.start']['payload']['plan']
export type Receipt = NonNullable<ResultView['receipt']>
