import type { DacnBridge } from '../preload/contract'

declare global {
  interface Window {
    dacn: DacnBridge
  }
}
