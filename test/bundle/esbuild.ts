import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type Metafile, type OutputFile } from 'esbuild'

const root = new URL('../..', import.meta.url).pathname

/** A project that has mock-oauth installed, as it is built, and what it needs besides. */
export function useProject<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'mock-oauth-bundle-'))
  mkdirSync(`${folder}/node_modules`)
  symlinkSync(root, `${folder}/node_modules/mock-oauth`)
  symlinkSync(`${root}node_modules/msw`, `${folder}/node_modules/msw`)
  return use(folder).finally(() => rmSync(folder, { recursive: true }))
}

/** Bundles a module for a browser, in chunks. */
export const bundled = (
  contents: string,
  external: readonly string[] = [],
): Promise<{ metafile: Metafile; outputFiles: readonly OutputFile[] }> =>
  useProject((resolveDir) =>
    build({
      stdin: { contents, resolveDir, sourcefile: 'entry.js' },
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      outdir: '/',
      entryNames: 'entry',
      external: [...external],
      write: false,
      metafile: true,
      logLevel: 'silent',
    }),
  )
