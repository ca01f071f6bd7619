/** Something wrong with a template of which more is known than the reason: what to do about it. */
export class Problem extends Error {
  readonly remedy: string

  constructor(message: string, remedy: string) {
    super(message)
    this.remedy = remedy
  }
}

/** Something that went wrong, and where: the offset in a template; `file` is null for a text of the playbook. */
export class PlacedError extends Error {
  readonly at: number
  readonly text: string
  readonly file: string | null

  constructor(cause: unknown, { at, text, file }: { at: number; text: string; file: string | null }) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.at = at
    this.text = text
    this.file = file
  }
}
