import type { Templar, TemplarOptions } from './templar.ts'

export type { Templar, TemplarOptions } from './templar.ts'
export { dropOmitted, OMIT, protect } from './templar.ts'

export function createTemplar(_options: TemplarOptions): Templar {
  return { renderName: (name: string) => name } as unknown as Templar
}
