import { existsSync, type FSWatcher, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** An editor writes a file in several steps: this many milliseconds of silence, and it is done. */
const silence = 100

const isSource = /\.([cm]?[jt]s|json|ya?ml)$/

/** Files that are watched. */
export interface Watched {
  /** Goes on with other files; with every source beside them, where it is not known which file will mend a mistake. */
  follow(files: Iterable<string>, beside?: boolean): void
  /** Takes it that something has changed. */
  stir(): void
}

/**
 * Watches files by their folders, so that one which is replaced by another of its name is seen as well.
 * @param changed is called after a change, never while it is at work; what changes meanwhile brings one more call
 */
export function watchFiles(changed: () => Promise<void>): Watched {
  const folders = new Map<string, FSWatcher>()
  let names = new Set<string>()
  let isAll = false
  let timer: NodeJS.Timeout | undefined
  let work = Promise.resolve()
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      work = work.then(changed)
    }, silence)
  }
  const follow = (folder: string) =>
    watch(folder, (_, name) => {
      if (name === null || names.has(`${folder}\n${name}`) || (isAll && isSource.test(name))) later()
    }).on('error', () => {
      // The folder is gone.
      folders.delete(folder)
      later()
    })
  return {
    stir: later,
    follow(files, beside = false) {
      isAll = beside
      const list = [...files]
      names = new Set(list.map((file) => `${dirname(file)}\n${basename(file)}`))
      const wanted = new Set(list.map((file) => dirname(file)).filter((folder) => existsSync(folder)))
      for (const [folder, watcher] of folders) {
        if (wanted.has(folder)) continue
        watcher.close()
        folders.delete(folder)
      }
      for (const folder of wanted) if (!folders.has(folder)) folders.set(folder, follow(folder))
    },
  }
}
