import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { writtenScope } from '../../src/model/scope.ts'
import type { Value, Variables } from '../../src/model/value.ts'
import { createTemplar } from '../../src/playbook/template/template.ts'

const templar = createTemplar()

/** Each expression in text, so that types show as Python prints them. */
function says(cases: Readonly<Record<string, string>>, variables: Variables = {}): void {
  for (const [expression, wanted] of Object.entries(cases))
    assert.is(templar.render(`{{ ${expression} }}.`, writtenScope(variables)), `${wanted}.`, expression)
}

test('numbers', () => {
  says({
    "'42' | int + 1": '43',
    "'x' | int(-1)": '-1',
    "'0x1f' | int(base=16)": '31',
    "'1.5' | float + 1": '2.5',
    '2.5 | round': '2.0',
    '3.5 | round': '4.0',
    "2.1 | round(0, 'ceil') | int": '3',
    '-3 | abs': '3',
    "'yes' | bool": 'True',
    "'maybe' | bool": 'False',
    '1048576 | human_readable': '1.00 MB',
    "none | ternary('a', 'b', 'c')": 'c',
  })
})

test('lists', () => {
  says(
    {
      '[3, 1, 2] | sort(reverse=true)': '[3, 2, 1]',
      "['b', 'A'] | sort": "['A', 'b']",
      '[[1, [2]], 3] | flatten(levels=1)': '[1, [2], 3]',
      '[1, 2, 3] | batch(2, 0) | list': '[[1, 2], [3, 0]]',
      "['x', 'y'] | zip([1, 2]) | list": "[('x', 1), ('y', 2)]",
      '[1, 2] | zip_longest([3], fillvalue=0) | list': '[(1, 3), (2, 0)]',
      "rows | selectattr('v', '>', 1) | map(attribute='n') | join(',')": 'b,c',
      "rows | rejectattr('up', 'defined') | map(attribute='n') | list": "['b', 'c']",
      "rows | sum(attribute='v')": '6',
      "rows | groupby('v') | map('first') | list": '[1, 2, 3]',
      '[1, 2, 2] | unique': '[1, 2]',
      '[1, 2] | symmetric_difference([2, 3])': '[1, 3]',
      '[1, 2, 3][::-1]': '[3, 2, 1]',
      "['a', 'b'] | product([1]) | map('join') | list": "['a1', 'b1']",
    },
    {
      rows: [
        { n: 'a', v: 1, up: true },
        { n: 'b', v: 2 },
        { n: 'c', v: 3 },
      ],
    },
  )
})

test('mappings', () => {
  says({
    "{'a': {'x': 1}} | combine({'a': {'y': 2}}, recursive=true)": "{'a': {'x': 1, 'y': 2}}",
    "{'a': [1]} | combine({'a': [2]}, list_merge='append')": "{'a': [1, 2]}",
    "{'z': 1} | dict2items": "[{'key': 'z', 'value': 1}]",
    "[{'key': 'k', 'value': 2}] | items2dict": "{'k': 2}",
    "[{'n': 'x', 'l': [1, 2]}] | subelements('l') | map('last') | list": '[1, 2]',
    "'h' | extract({'h': {'ip': 1}}, 'ip')": '1',
  })
})

test('text, expressions and encodings', () => {
  says({
    "'leaf01.dc1' | regex_replace('^leaf(\\d+)\\.(.*)$', '\\2-\\1')": 'dc1-01',
    "'is up' | regex_search('is (?P<s>\\w+)', '\\g<s>')": "['up']",
    "'a1b22' | regex_findall('[0-9]+')": "['1', '22']",
    "'aXbX' | replace('X', '-', 1)": 'a-bX',
    "'%02d-%s' | format(3, 'x')": '03-x',
    "'%05.1f' % 2.25": '002.2',
    "'a b' | quote": "'a b'",
    "{'b': [1, true]} | to_json": '{"b": [1, true]}',
    "'eA==' | b64decode": 'x',
    "'x' | hash('md5')": '9dd4e461268c8034f5c8564e155c67a6',
    "'/a/b.txt' | basename | splitext | first": 'b',
    "'a,b'.split(',') | last": 'b',
    "'x'.rjust(3, '0') ~ 'Ab'.lower().startswith('a')": '00xTrue',
  })
})

test('versions, sets and results are tested', () => {
  says(
    {
      "'4.28.3' is version('4.9', '>')": 'True',
      "'1.0.0-rc1' is version('1.0.0', '<', version_type='semver')": 'True',
      '[1] is subset([1, 2])': 'True',
      'r is changed and r is not failed': 'True',
      "'x' in ['x']": 'True',
    },
    { r: { changed: true, failed: false } },
  )
  assert.throws(() => templar.render("{{ 'text' is failed }}", writtenScope({})), /expects a dictionary/)
})

test('addresses', () => {
  says({
    "'10.0.0.0/16' | ansible.utils.ipsubnet(24, -1)": '10.0.255.0/24',
    "'10.255.0.0/31' | ansible.utils.ipaddr(1)": '10.255.0.1/31',
    "'10.0.0.0/24' | ipaddr('10.0.0.0/8')": '10.0.0.0/24',
    "'10.0.0.5/24' | ipaddr('network/prefix')": '10.0.0.0/24',
    "'10.0.0.5/24' | ipaddr('netmask')": '255.255.255.0',
    "'10.0.0.5' | ipv6": 'False',
    "'nonsense' | ipaddr": 'False',
    "['10.0.0.1', 'x', 'fe80::1'] | ipv4": "['10.0.0.1']",
    "'2001:db8::/32' | ipsubnet(48, 3)": '2001:db8:3::/48',
    "'2001:db8::1' | ipmath(15)": '2001:db8::10',
    "'10.0.0.0/24' | nthhost(-2)": '10.0.0.254',
    "['10.0.0.0/25', '10.0.0.128/25'] | cidr_merge": "['10.0.0.0/24']",
    "'52:54:00:12:34:56' | hwaddr('cisco')": '5254.0012.3456',
    "'fdcf:1894:23b5:d38c::/64' | slaac('c2:31:b3:83:bf:2b')": 'fdcf:1894:23b5:d38c:c031:b3ff:fe83:bf2b',
    "'10.0.3.0/24' is ansible.utils.in_network '10.0.0.0/8'": 'True',
  })
})

test('lookups give one text or, by query, a list', () => {
  process.env.WEFT_TEST_WORD = 'said'
  says(
    {
      "lookup('env', 'WEFT_TEST_WORD')": 'said',
      "query('env', 'WEFT_TEST_WORD')": "['said']",
      "query('sequence', 'start=1 end=5 stride=2 format=l%02d')": "['l01', 'l03', 'l05']",
      "query('sequence', '2-4')": "['2', '3', '4']",
      "lookup('vars', 'a' ~ 'b')": '7',
      "query('dict', {'k': 1})": "[{'key': 'k', 'value': 1}]",
      "lookup('file', 'no-such', errors='ignore') | default('none', true)": 'none',
    },
    { ab: 7 },
  )
  delete process.env.WEFT_TEST_WORD
})

test('the loop forms are lookups', () => {
  const over = (name: string, terms: Value[]) => templar.lookup(name, terms, writtenScope({}))
  assert.equal(over('items', [[1, [2]], 3]), [1, [2], 3])
  assert.equal(over('nested', [[1, 2], ['a']]), [
    [1, 'a'],
    [2, 'a'],
  ])
  assert.equal(over('together', [[1, 2], ['a']]), [
    [1, 'a'],
    [2, null],
  ])
  assert.equal(over('indexed_items', [['a', 'b']]), [
    [0, 'a'],
    [1, 'b'],
  ])
})

test.run()
