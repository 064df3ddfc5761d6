const all = new Set<() => void>()

/**
 * Notes what has to be undone if this process ends in the midst of a run.
 * @returns forgets it, where that has been done
 */
export function mayBeLeft(undo: () => void): () => void {
  all.add(undo)
  return () => void all.delete(undo)
}

/** Undoes all that is left: clients that run, and folders. */
export function leaveNothing(): void {
  for (const undo of all) undo()
  all.clear()
}
