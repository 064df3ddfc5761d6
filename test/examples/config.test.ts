import { readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import { configSchema } from 'mock-oauth/config'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root, run, serve } from '../cli/command.ts'
import { example } from './shell.ts'

const folder = `${root}examples/config`

const configurations: readonly [string, readonly string[]][] = [
  ['mock-oauth.config.json', ['finexer']],
  ['mock-oauth.config.ts', ['mekari', 'mekari:sandbox']],
  ['mock-oauth.config.yaml', ['acme', 'mercury', 'mercury:sandbox']],
]

describe('an example of a configuration', () => {
  it('is one of these', () => {
    expect(readdirSync(folder).toSorted()).toEqual(['acme.ts', ...configurations.map(([name]) => name)])
  })

  it.each(configurations)('%s is right, and served', async (name, played) => {
    const [validated, { line }] = await Promise.all([
      run(['validate', name], {}, folder),
      serve(['--config', name], {}, folder),
    ])
    expect(validated).toMatchObject({ code: 0, stderr: '' })
    expect(Object.keys(JSON.parse(line).providers).toSorted()).toEqual(played)
  })

  it('is what an editor takes by the schema', () => {
    const isValid = new Ajv().compile(configSchema)
    for (const config of [
      parse(example('config/mock-oauth.config.yaml')),
      JSON.parse(example('config/mock-oauth.config.json')),
    ])
      expect([isValid(config), isValid.errors]).toEqual([true, null])
  })

  it('acme.ts is a provider', async () => {
    expect(await run(['validate', './acme.ts'], {}, folder)).toMatchObject({ code: 0, stderr: '' })
  })
})
