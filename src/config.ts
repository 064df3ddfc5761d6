/** The configuration file: its type, and its JSON Schema. */

import type { Config } from './config/config.ts'

export { configSchema } from './config/schema.ts'
export type { Config }

/** Declares a configuration. The compiler checks it; the value is returned as it is. */
export const defineConfig = (config: Config): Config => config
