import * as z from 'zod'

/** One line of a saved plan: an intent as it came to the door, secrets as fingerprints. */
export const PlannedIntent = z.strictObject({
  id: z.string(),
  task: z.string(),
  host: z.string(),
  kind: z.string(),
  target: z.string(),
  title: z.string(),
  differences: z.array(
    z.strictObject({
      id: z.string(),
      before: z.unknown(),
      after: z.unknown(),
      disrupts: z.string().optional(),
      oneWay: z.string().optional(),
    }),
  ),
  commands: z.array(z.unknown()),
})
export type PlannedIntent = z.infer<typeof PlannedIntent>

/** A plan as a document: plain data, the same from every process with the same inputs, but for `made`, `by` and `salt`. */
export const PlanDocument = z.strictObject({
  format: z.literal('weft-plan/1'),
  weft: z.string(),
  made: z.string(),
  by: z.string(),
  playbooks: z.array(z.string()),
  inventory: z.array(z.string()),
  limit: z.string().nullable(),
  tags: z.array(z.string()),
  skipTags: z.array(z.string()),
  startAtTask: z.string().nullable(),
  /** The state of the repository; null outside of git. */
  commit: z.strictObject({ id: z.string(), dirty: z.boolean() }).nullable(),
  /** A digest of each host's groups and variables. */
  hosts: z.record(z.string(), z.string()),
  /** With the secrets themselves it makes the key of their fingerprints. */
  salt: z.string(),
  intents: z.array(PlannedIntent),
  /** Tasks whose effect only the run can know, because they use what another one registers that a plan does not run. */
  open: z.array(z.strictObject({ task: z.string(), title: z.string(), because: z.string() })),
  /** What the digest of the reviewed plan is: SHA-256 of all the above but made, by and salt. */
  digest: z.string(),
})
export type PlanDocument = z.infer<typeof PlanDocument>

/** A plan as its file holds it: `seal` is the SHA-256 of all of it, who made it and when included. */
export const SavedPlan = PlanDocument.extend({ seal: z.string() })
