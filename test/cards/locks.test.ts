import { expect, it } from 'vitest'
import { useDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'
import { type CardsWorld, noteCard, startCards } from './cards-world.ts'

const database = useDatabase()
const subjects = Array.from({ length: 12 }, (_, i) => `s${String(i).padStart(3, '0')}`)

async function stateAll(world: CardsWorld, text: string): Promise<void> {
  await world.state(async (cards) => {
    for (const subject of subjects) await cards.show(noteCard, subject, { chatId: world.chatId }, { text })
  })
}

const somebodyWaits = async () => {
  const { rows } = await database.pool.query(
    `select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())
     union select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length > 0
}

it('a batch of events and a digest that records its lines wait for each other and never deadlock', async () => {
  const world = await startCards(database)
  await stateAll(world, 'line 1')
  await world.settle()
  expect(await world.bundles()).toHaveLength(1)
  await stateAll(world, 'line 2')

  // A batch of events on its way through the subjects: it has the first, and comes to the others in a moment.
  const batch = await database.pool.connect()
  try {
    await batch.query('begin')
    await batch.query(`select 1 from card_posts where subject = 's000' for update`)
    const patched = world.poster.runOnce()
    await until('the poster waits for the batch', somebodyWaits)
    for (const subject of subjects)
      await batch.query(`update card_posts set wanted_at = wanted_at where subject = $1`, [subject])
    await batch.query('commit')
    await patched
  } finally {
    batch.release()
  }
  await world.settle()
  expect((await world.bundles())[0]?.error ?? null).toBeNull()
  expect(JSON.stringify(world.shown()).match(/line 2/g)).toHaveLength(12)
})
