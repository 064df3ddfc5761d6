import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const worker = readFileSync(fileURLToPath(import.meta.resolve('msw/mockServiceWorker.js')))

/** Serves the worker of the msw that is installed, in place of a copy in `public/` that would go into production too. */
const mockServiceWorker = {
  name: 'mock-service-worker',
  configureServer({ middlewares }) {
    middlewares.use('/mockServiceWorker.js', (_, response) => {
      response.setHeader('content-type', 'text/javascript').end(worker)
    })
  },
  generateBundle() {
    if (this.environment.config.mode === 'production') return
    this.emitFile({ type: 'asset', fileName: 'mockServiceWorker.js', source: worker })
  },
}

export default defineConfig({
  root: import.meta.dirname,
  // Top-level await, in the page and in the mock.
  build: { target: 'es2022' },
  plugins: [mockServiceWorker],
})
