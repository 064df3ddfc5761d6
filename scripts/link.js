// In a clone, npx would first install the project into its own cache, and break that cache when it is interrupted. Beside
// the other commands of node_modules it finds this one at once. Where links need rights, npx goes its own way as before.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'

const link = 'node_modules/.bin/mock-oauth'
try {
  mkdirSync('node_modules/.bin', { recursive: true })
  rmSync(link, { force: true })
  symlinkSync('../../bin/mock-oauth.js', link)
} catch (error) {
  console.warn(`mock-oauth: no ${link}: ${error.message}`)
}
