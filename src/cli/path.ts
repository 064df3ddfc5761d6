/** Files that are run to be read. */
export const isModule = (path: string): boolean => /\.[cm]?[jt]s$/.test(path)

/** Whether what stands for a provider is a file rather than a name. */
export const isPath = (provider: string): boolean => /^\.|[/\\]/.test(provider) || isModule(provider)
