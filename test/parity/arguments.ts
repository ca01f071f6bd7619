/** The part of ansible-playbook's command line that the parity cases use. Null for an unknown option. */
export function readArguments(words: readonly string[]) {
  const found = {
    playbooks: [] as string[],
    inventory: [] as string[],
    tags: [] as string[],
    skipTags: [] as string[],
    extra: [] as string[],
    check: false,
    diff: false,
    forceHandlers: false,
    syntaxCheck: false,
    verbosity: 0,
  }
  const single: { limit?: string; startAtTask?: string } = {}
  const rest = [...words]
  const value = () => rest.shift() ?? ''
  while (rest.length > 0) {
    const word = rest.shift() as string
    if (word === '-i') found.inventory.push(value())
    else if (word === '-l' || word === '--limit') single.limit = value()
    else if (word === '-t' || word === '--tags') found.tags.push(...value().split(','))
    else if (word === '--skip-tags') found.skipTags.push(...value().split(','))
    else if (word === '-e' || word === '--extra-vars') found.extra.push(value())
    else if (word === '-c') found.extra.push(`ansible_connection=${value()}`)
    else if (word === '-C' || word === '--check') found.check = true
    else if (word === '-D' || word === '--diff') found.diff = true
    else if (word === '--start-at-task') single.startAtTask = value()
    else if (word === '--force-handlers') found.forceHandlers = true
    else if (word === '--syntax-check') found.syntaxCheck = true
    else if (/^-v+$/.test(word)) found.verbosity += word.length - 1
    else if (word.startsWith('-')) return null
    else found.playbooks.push(word)
  }
  return { ...found, ...single }
}
