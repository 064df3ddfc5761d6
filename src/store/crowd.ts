/**
 * Things that die in any order. Members join at the end, and the dead among them are cleared away once they are many; so a
 * member costs one place in a list and no hashing, and memory stays within twice what is alive.
 */
export class Crowd<Member extends { readonly alive: boolean }> {
  #members: Member[] = []
  #gone = 0

  /** How many are alive. */
  get size(): number {
    return this.#members.length - this.#gone
  }

  join(member: Member): void {
    this.#members.push(member)
  }

  /** To be told of each member that has died. */
  lost(): void {
    this.#gone++
    if (this.#gone < 16 || this.#gone * 2 < this.#members.length) return
    this.#members = this.living()
    this.#gone = 0
  }

  /** Those alive, in the order in which they joined. */
  living(): Member[] {
    return this.#members.filter((member) => member.alive)
  }
}
