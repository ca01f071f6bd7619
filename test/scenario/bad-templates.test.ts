import { suite } from 'uvu'
import { play } from '../support/one-leaf.ts'
import { type Refusal, testRefusals } from '../support/refusals.ts'

const test = suite('bad templates')

/** A line for the switch that a template makes. */
function line(template: string, head = ''): Refusal['files'] {
  return { 'site.yml': play(`- nxos_config:\n    lines: [${JSON.stringify(template)}]\n`, head) }
}

const at = /at site\.yml:\d:\d+\n/

testRefusals(test, [
  {
    title: 'a range without an end to speak of is refused',
    files: line('{% for i in range(1000000000) %}x{% endfor %}'),
    exit: 1,
    says: [at, 'range has too many elements'],
  },
  {
    title: 'nested loops end with their budget',
    files: line(
      '{% for i in range(10000) %}{% for j in range(10000) %}{% for k in range(10000) %}x{% endfor %}{% endfor %}{% endfor %}',
    ),
    exit: 1,
    says: [at, 'the template does not end', 'Look at its loops.'],
  },
  {
    title: 'a macro that calls itself is stopped',
    files: line('{% macro again(x) %}{{ again(x) }}{% endmacro %}{{ again(1) }}'),
    exit: 1,
    says: [at, 'recursion limit exceeded'],
  },
  {
    title: 'a regular expression that would backtrack for years is stopped',
    files: line("{{ ('a' * 40 ~ '!') | regex_search('(a+)+$') }}"),
    exit: 1,
    says: [at, 'the regular expression "(a+)+$" was stopped after 1 second'],
  },
  {
    title: 'a text that would fill the memory is refused',
    files: line("{{ 'x' * 10000000000 }}"),
    exit: 1,
    says: [at, 'a text of more than 16000000 letters is refused'],
  },
  {
    title: "Python's internals are out of reach, and that is known before a task runs",
    files: line("{{ ''.__class__.__mro__[1].__subclasses__() }}"),
    says: [at, 'access to "__class__" is unsafe'],
  },
  {
    title: "JavaScript's prototypes are out of reach",
    files: line('{{ {}.__proto__.polluted }}'),
    says: [at, 'access to "__proto__" is unsafe'],
  },
  {
    title: "JavaScript's constructors are out of reach",
    files: line("{{ [].constructor.constructor('return process')().env }}"),
    exit: 1,
    says: [at, 'undefined'],
    hides: 'PATH',
  },
  {
    title: 'an attribute filter reaches no prototype either',
    files: line("{{ leaf | attr('prototype') }}", '  vars: {leaf: {}}\n'),
    exit: 1,
    says: [at, 'undefined'],
  },
  {
    title: 'variables that are made of each other name the circle',
    files: line('{{ a }}', '  vars:\n    a: "{{ b }}"\n    b: "{{ a }}"\n'),
    exit: 1,
    says: [at, 'recursive loop detected in the variables a → b → a', 'A variable cannot be defined by itself'],
  },
  {
    title: 'an undefined variable is told with the nearest defined one',
    files: line('hostname {{ hostnme }}', '  vars: {hostname: leaf-a}\n'),
    exit: 1,
    says: [at, "'hostnme' is undefined", 'Did you mean "hostname"?'],
  },
  {
    title: 'an unknown filter is found before a task runs, with the nearest one',
    files: line('{{ name | uper }}'),
    says: [at, 'there is no filter named "uper"', 'Did you mean "upper"?'],
  },
  {
    title: 'a syntax error in a template is found before a task runs',
    files: line('hostname {{ name }'),
    says: [at, 'template error', 'hostname {{ name }'],
  },
  {
    title: 'a syntax error in a condition is found before a task runs',
    files: { 'site.yml': play('- debug: {msg: a}\n  when: a ==\n') },
    says: [/at site\.yml:5:7\n/, 'a =='],
  },
])

test.run()
