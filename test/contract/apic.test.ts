import { apicRest } from '../../src/modules/apic/apic-rest.ts'
import { apicTree } from '../../src/modules/apic/apic-tree.ts'
import { apicBench } from '../support/apic.ts'
import { type ContractLab, canary, resourceContract } from './resource-contract.ts'

const start = {
  fvTenant: {
    attributes: { name: 'green' },
    children: [{ bgpCtxPol: { attributes: { name: 'timers', kaIntvl: '60' } } }],
  },
}

/** What a GET of everything would show, but for times and owners. */
async function lab(): Promise<ContractLab<'apic'>> {
  const bench = await apicBench({ start })
  const configured = () =>
    [...bench.lab.objects().values()]
      .map(({ dn, class: name, attributes: { modTs, uid, status, childAction, ...rest } }) => ({ dn, name, rest }))
      .sort((one, other) => (one.dn < other.dn ? -1 : 1))
  return { open: () => bench.device(), state: configured, close: bench.close }
}

await resourceContract(apicTree, {
  lab,
  cases: [
    {
      title: 'a new subtree with a password',
      args: {
        dn: 'uni/tn-green',
        tree: {
          l3extOut: {
            name: 'k8s',
            bgpExtP: {},
            l3extLNodeP: {
              name: 'anchors',
              bgpPeerP: { addr: '192.0.2.0/24', password: canary, bgpAsP: { asn: 65003 } },
            },
          },
        },
      },
    },
    {
      title: 'an attribute changes',
      args: { dn: 'uni/tn-green', tree: { bgpCtxPol: { name: 'timers', kaIntvl: 10, holdIntvl: 30 } } },
    },
    { title: 'an object goes', args: { dn: 'uni/tn-green', tree: { bgpCtxPol: { name: 'timers' } }, state: 'absent' } },
  ],
})

await resourceContract(apicRest, {
  lab,
  cases: [
    {
      title: 'a POST',
      args: {
        path: '/api/mo/uni/tn-green.json',
        method: 'post',
        content: { fvTenant: { attributes: { name: 'green', descr: 'by hand' } } },
      },
    },
    { title: 'a DELETE', args: { path: '/api/mo/uni/tn-green/bgpCtxP-timers.json', method: 'delete' } },
  ],
})
