// Puts its questions to another driver, each when the one before is answered: one that claims more than it can.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const { stdin, stdout } = spawn(process.execPath, [process.argv[2]], { stdio: ['pipe', 'pipe', 'inherit'] })
const questions = []
let isAsking = false

const next = () => {
  const question = questions.shift()
  isAsking = question !== undefined
  if (isAsking) stdin.write(`${question}\n`)
}
createInterface({ input: stdout }).on('line', (answer) => {
  process.stdout.write(`${answer}\n`)
  next()
})
createInterface({ input: process.stdin })
  .on('line', (question) => {
    questions.push(question)
    if (!isAsking) next()
  })
  .on('close', () => stdin.end())
