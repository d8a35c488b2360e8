/// <reference types="vite/client" />

// for tools that read no single-file components; the type checker reads the files themselves
declare module '*.vue' {
  import type { DefineComponent } from 'vue'

  const component: DefineComponent
  export default component
}
