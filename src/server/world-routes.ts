import type { ControlRoute } from './control-route.ts'

/** The worlds beside each other; each is made by its first use. */
export const worldRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/worlds',
    summary: 'The worlds that there are, the default one first',
    answer: (_, { worlds }) => worlds.list(),
  },
  {
    method: 'DELETE',
    path: '/worlds/:id',
    summary: 'Forgets a world with all that is in it; tells of faults that never fired',
    answer: (_, { worlds, id }) => worlds.remove(id),
  },
]
