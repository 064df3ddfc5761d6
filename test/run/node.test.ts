import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { folderWith, root, run, runProgram } from '../cli/command.ts'

const mekari = ['run', '--provider', 'mekari', '--quiet', '--']
const node = process.execPath
const require = createRequire(import.meta.url)

/** Runs a module as the child. */
const module = (code: string) => run([...mekari, node, '--input-type=module', '--eval', code])

describe('a Node program', () => {
  it.each([
    ['global fetch', 'const { status } = await fetch(url)'],
    [
      'https.get',
      `import https from 'node:https'
      const status = await new Promise((seen, fail) => https.get(url, (answer) => seen(answer.resume().statusCode)).on('error', fail))`,
    ],
    [
      'an agent of its own',
      `import https from 'node:https'
      const agent = new https.Agent({ keepAlive: true, maxSockets: 1 })
      const get = () =>
        new Promise((seen, fail) => {
          https.get(url, { agent }, (answer) => answer.resume().on('end', () => seen({ status: answer.statusCode }))).on('error', fail)
        })
      await get()
      const { status } = await get()`,
    ],
    [
      'tls.connect by name',
      `import { connect } from 'node:tls'
      const { hostname, pathname } = new URL(url)
      const socket = connect(443, hostname, { servername: hostname })
      socket.write('GET ' + pathname + ' HTTP/1.1\\r\\nhost: ' + hostname + '\\r\\nconnection: close\\r\\n\\r\\n')
      let text = ''
      for await (const part of socket) text += part
      const status = Number(text.split(' ')[1])`,
    ],
    [
      'undici 6',
      `const { statusCode: status, body } = await (await import('${require.resolve('undici')}')).request(url); await body.dump()`,
    ],
    [
      'undici 7',
      `const { statusCode: status, body } = await (await import('${require.resolve('undici7')}')).request(url); await body.dump()`,
    ],
  ])('reaches the mock by %s, and ends although the server keeps the connection for longer', async (_, code) => {
    const { stdout, stderr } = await module(`const url = 'https://api.mekari.com/v1/me'\n${code}\nconsole.log(status)`)
    expect({ stdout, stderr }).toEqual({ stdout: '401\n', stderr: '' })
  })

  it('reaches this machine without the proxy', async () => {
    const { stdout } = await module(`import https from 'node:https'
      https.get('https://127.0.0.1:1/').on('error', ({ code }) => console.log(code))`)
    expect(stdout).toBe('ECONNREFUSED\n')
  })

  it('hears of a proxy that is gone', async () => {
    const { stdout } = await module(`process.env.https_proxy = 'http://127.0.0.1:1'
      console.log(await fetch('https://api.mekari.com/').catch(({ cause }) => cause.code))`)
    expect(stdout).toBe('ECONNREFUSED\n')
  })

  it('reaches the mock from a worker, and from a program that it starts', async () => {
    const { stdout } = await module(`import { Worker } from 'node:worker_threads'
      import { execFileSync } from 'node:child_process'
      const code = "fetch('https://api.mekari.com/v1/me').then(({ status }) => console.log(status))"
      console.log(execFileSync(process.execPath, ['--eval', code]).toString().trim())
      new Worker(code, { eval: true })`)
    expect(stdout).toBe('401\n401\n')
  })

  it('loads what it needs from a folder whose name has spaces and quotes', async () => {
    const folder = folderWith({})
    const home = `${folder}/a "b" c/mock-oauth`
    mkdirSync(home, { recursive: true })
    for (const part of ['bin', 'dist']) cpSync(`${root}${part}`, `${home}/${part}`, { recursive: true })
    cpSync(`${root}package.json`, `${home}/package.json`)
    symlinkSync(`${root}node_modules`, `${home}/node_modules`)
    const code = "fetch('https://api.mekari.com/v1/me').then(({ status }) => console.log(status))"
    const command = [`${home}/bin/mock-oauth.js`, ...mekari, node, '--eval', code]
    expect(await runProgram(node, command)).toEqual({ code: 0, stdout: '401\n', stderr: '' })
  })

  it('is given a file of at most 4 kB to load', () => {
    expect(readFileSync(`${root}dist/preload.cjs`).length).toBeLessThan(4_000)
  })
})
