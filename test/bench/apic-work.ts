interface ApicTask {
  readonly dn: string
  readonly tree: Readonly<Record<string, object>>
}

/** Twelve tasks of five objects each: a tenant with four VRFs, ten match rules with four prefixes, a filter with four entries. */
export function apicTasks(): ApicTask[] {
  const tenant = 'uni/tn-bench'
  const four = [1, 2, 3, 4]
  return [
    { dn: 'uni', tree: { fvTenant: { name: 'bench', fvCtx: four.map(number => ({ name: `vrf-${number}` })) } } },
    ...Array.from({ length: 10 }, (_, rule) => ({
      dn: tenant,
      tree: {
        rtctrlSubjP: {
          name: `rule-${rule}`,
          rtctrlMatchRtDest: four.map(part => ({ ip: `192.0.${rule}.${part * 16}/28`, aggregate: 'yes' })),
        },
      },
    })),
    {
      dn: tenant,
      tree: {
        vzFilter: {
          name: 'bgp',
          vzEntry: four.map(number => ({ name: `entry-${number}`, etherT: 'ip', prot: 'tcp', dFromPort: `${number}` })),
        },
      },
    },
  ]
}

/** A task's tree in the form of the APIC's own REST, which aci_rest takes. */
export function restContent(tree: ApicTask['tree']): object {
  const [[name, body] = ['', {}]] = Object.entries(tree)
  return bodyOf(name, body)
}

function bodyOf(name: string, body: object): object {
  const entries = Object.entries(body)
  const attributes = Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'))
  const children = entries.flatMap(([child, value]) =>
    Array.isArray(value) ? value.map(each => bodyOf(child, each)) : [],
  )
  return { [name]: { attributes, ...(children.length > 0 ? { children } : {}) } }
}
