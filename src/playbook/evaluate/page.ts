import type { Compiled } from '../language/compile.ts'
import type { Expression } from '../language/expression.ts'
import type { Node } from '../language/node.ts'
import { isList, type Operand, orElse, special, undefinedOf } from '../python/operand.ts'
import { str } from '../python/text.ts'
import { deeper } from './budget.ts'
import { evaluate } from './evaluate.ts'
import { type Frame, type Machine, type Names, namesWithin, type Page, type Run } from './frame.ts'
import { Problem } from './problem.ts'
import { emptySink, madeOf, type Sink, textOf } from './sink.ts'

/** A template that is named in another one. */
export interface Loaded {
  readonly template: Compiled
  readonly file: string
}

/** Renders a template, and the one that it extends, with these names as its outermost. Gives the page. */
export function renderPage(
  { template, file }: { template: Compiled; file: string | null },
  { machine, names, sink, run }: { machine: Machine; names: Names; sink: Sink; run: Run },
): Page {
  machine.changes ||= template.changes
  const page: Page = { template, file, blocks: new Map(), root: names, parent: null }
  const frame: Frame = { machine, page, names, sink }
  names.own.set('self', selfOf(frame, run))
  collectBlocks(template, page)
  run(template.nodes, frame)
  const { parent } = page
  if (!parent) return page
  sink.isMuted = false
  deeper(machine, () => extendPage(parent, frame, run))
  return page
}

/** The parent's text, with the blocks of those that extend it. */
function extendPage({ template, file }: Loaded, frame: Frame, run: Run): void {
  const page: Page = { ...frame.page, template, file, parent: null }
  collectBlocks(template, page)
  run(template.nodes, { ...frame, page })
  if (!page.parent) return
  frame.sink.isMuted = false
  const { parent } = page
  deeper(frame.machine, () => extendPage(parent, { ...frame, page }, run))
}

function collectBlocks({ blocks }: Compiled, page: Page): void {
  for (const { name, body } of blocks) page.blocks.set(name, [...(page.blocks.get(name) ?? []), body])
}

/** {% block %}: the body of the template that is rendered, or of one that extends it. */
export function runBlock(node: Extract<Node, { type: 'block' }>, frame: Frame, run: Run): void {
  if (frame.page.parent) return
  runBody(node.name, 0, { frame, run, outer: node.scoped ? frame.names : frame.page.root })
}

interface Around {
  readonly frame: Frame
  readonly run: Run
  readonly outer: Names
}

function runBody(name: string, level: number, around: Around): void {
  const body = around.frame.page.blocks.get(name)?.[level]
  if (!body) throw new Error(`there is no block ${name} above this one`)
  const names = namesWithin(around.outer)
  const above = special({
    type: 'BlockReference',
    text: () => `<BlockReference '${name}'>`,
    call: () => captured(name, level + 1, around),
  })
  names.own.set('super', above)
  around.run(body, { ...around.frame, names })
}

/** What a block makes, as a value. */
function captured(name: string, level: number, around: Around): Operand {
  const { frame } = around
  const sink = emptySink()
  deeper(frame.machine, () => runBody(name, level, { ...around, frame: { ...frame, sink } }))
  return madeOf(sink, frame.machine.converts)
}

/** `self`: the blocks of the template, to be called once more. */
function selfOf(frame: Frame, run: Run): Operand {
  return special({
    type: 'TemplateReference',
    text: () => '<TemplateReference None>',
    attribute(name) {
      if (!frame.page.blocks.has(name)) return undefined
      const call = () => captured(name, 0, { frame, run, outer: frame.page.root })
      return special({ type: 'BlockReference', text: () => `<BlockReference '${name}'>`, call })
    },
  })
}

/** The first of the templates that are named, or null. Throws Error for what is no name. */
export function load(node: Expression, frame: Frame): Loaded | null {
  const named = evaluate(node, frame)
  for (const each of isList(named) ? named : [named]) {
    const file = str(each)
    const template = frame.machine.services.template(file)
    if (template) return { template, file }
  }
  return null
}

/** As load. Throws Error when there is none. */
export function loadOne(node: Expression, frame: Frame): Loaded {
  const loaded = load(node, frame)
  if (loaded) return loaded
  const named = evaluate(node, frame)
  const names = isList(named) ? named.map(str).join(', ') : str(named)
  throw new Problem(
    `could not find the template ${names}; looked in ${frame.machine.services.templateFolders.join(', ')}`,
    'Put it into templates/ beside the playbook.',
  )
}

/** The names that a template sees which is included or imported. */
export function namesFor(frame: Frame, withContext: boolean): Names {
  return withContext ? namesWithin(frame.names) : namesWithin(null, { isClosed: true })
}

/** {% import %}: a template's macros and what it sets, as attributes. */
export function moduleOf(loaded: Loaded, frame: Frame, { names, run }: { names: Names; run: Run }): Operand {
  const sink = emptySink()
  deeper(frame.machine, () => renderPage(loaded, { machine: frame.machine, names, sink, run }))
  return special({
    type: 'TemplateModule',
    text: () => textOf(sink),
    attribute: name =>
      name === 'self' || name.startsWith('_')
        ? undefined
        : orElse(names.own.get(name), () => undefinedOf(() => `the template ${loaded.file} does not export "${name}"`)),
  })
}
