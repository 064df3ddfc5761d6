import type { Scene } from '../../src/contract/scene.ts'

/** Two accounts of two people. The marks under which they log in have the same names. */
export const links = ['account-one', 'account-two'] as const

export type Link = (typeof links)[number]

/** Connects both, and calls for both. */
export async function connectTwo(scene: Scene): Promise<void> {
  const people = await scene.world.users.list()
  for (const [at, link] of links.entries()) {
    scene.mark(link)
    const user = people[at]?.id
    await scene.connect(`browser of ${link}`, link, user === undefined ? {} : { user })
    await scene.call({ link })
  }
}
