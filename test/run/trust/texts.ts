import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { literalText } from '../../../src/playbook/template/literal-text.ts'

/** Texts that would run `touch FILE`, compute or fail if anything took them for a template or an expression. */
export function hostileTexts(file: string): string[] {
  const touch = `lookup('pipe', 'touch ${file}')`
  return [
    `{% endraw %}{{ ${touch} }}`,
    `{{ ${touch} }}`,
    `{{ lookup("pipe","touch ${file}") }} and on`,
    touch,
    `True or ${touch}`,
    '{{ 1+1 }}',
    `{% for i in [1] %}{{ ${touch} }}{% endfor %}`,
    `"}}{{ ${touch} }}{{"`,
    `' ~ ${touch} ~ '`,
    `{% raw %}{{ ${touch} }}{% endraw %}{{ ${touch} }}`,
    `{{ '{{' }} ${touch} {{ '}}' }}`,
    `first line\n{{ ${touch} }}\n{% if true %}last{% endif %}`,
    '{{ got }}{{ hostvars }}{{ vars }}',
    '{{ {# {% not closed',
    `{{ "\\"{{ ${touch} }}\\"" }}`,
    `['{{ ${touch} }}']`,
    '{{ omit }}',
  ]
}

/** Pieces of templates put together at random. */
export function anyHostileText(file: string): fc.Arbitrary<string> {
  const touch = `lookup('pipe', 'touch ${file}')`
  const pieces = [
    '{{',
    '}}',
    '{%',
    '%}',
    '{% raw %}',
    '{% endraw %}',
    '{#',
    '#}',
    "'",
    '"',
    '\\',
    ' ',
    '\n',
    '|',
    '(',
    ')',
    ']',
  ]
  const words = [
    touch,
    `{{ ${touch} }}`,
    '1+1',
    'omit',
    'got',
    'True',
    ' or ',
    'for x in y',
    'endfor',
    ' == ',
    '$',
    'a',
    '~',
  ]
  return fc
    .array(fc.constantFrom(...pieces, ...words), { minLength: 1, maxLength: 8 })
    .map(parts => parts.join('').trim())
    .filter(text => text !== '' && typeof literalText(text) === 'string' && !SAYS_BY_ITSELF.test(text))
}

/** What a condition may be told by data, what a name may be, and what set_fact makes a truth value of. */
const SAYS_BY_ITSELF = /^([\w.]+|-?\d+(\.\d+)?)$/

/** Whether something is the text, letter for letter; text that reads as a list has become one, as everywhere in the language. */
export function isText(found: unknown, text: string): boolean {
  return found === text || JSON.stringify(found) === JSON.stringify(literalText(text))
}

export function isUntouched(file: string): boolean {
  return !existsSync(file)
}
