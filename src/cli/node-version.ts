/** True, after saying so, on a Node that is too old. Written so that old Nodes can run it. */
export function refuseOldNode(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return false
  console.error(`mock-oauth needs Node.js 20.19 or newer; this is ${process.versions.node}.`)
  process.exitCode = 2
  return true
}
