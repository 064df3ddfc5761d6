// Completes package-lock.json after `npm install` from a registry mirror that lacks the packages of other platforms:
// without an entry for each of them `npm ci` refuses the lock file.
import { readFileSync, writeFileSync } from 'node:fs'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const folders = Object.keys(lock.packages)

for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (folders.some((folder) => folder.endsWith(`node_modules/${name}`))) continue
    const platform = /[-/](android|darwin|freebsd|linux|openharmony|win32)-([a-z]+\d*)(.*)$/.exec(name)
    if (!platform || !/^\d/.test(version)) throw new Error(`${name}@${version}: no platform or no exact version`)
    const [, os, cpu, rest] = platform
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      dev: true,
      ...(os === 'linux' && { libc: [rest.includes('musl') ? 'musl' : 'glibc'] }),
      optional: true,
      os: [os],
    }
  }
}

const [root, ...others] = Object.entries(lock.packages)
lock.packages = Object.fromEntries([root, ...others.sort(([a], [b]) => a.localeCompare(b, 'en'))])
writeFileSync('package-lock.json', `${JSON.stringify(lock, undefined, 2)}\n`)
