import { type ApicClasses, bringing, part, policy, relation } from '../class.ts'
import { address, bits, choice, number, readOnly, text, word, yesNo } from '../rule.ts'

const named = { name: word({ max: 64, min: 1, colon: true }) }
const priority = choice('unspecified', 'level1', 'level2', 'level3', 'level4', 'level5', 'level6')
const scope = choice('context', 'application-profile', 'global', 'tenant')
const dscp = word({ max: 16, fallback: 'unspecified' })
const port = word({ max: 16, fallback: 'unspecified' })
const targeted = { targetDscp: dscp, prio: priority }

/** Route control (which prefixes come in and go out) and contracts (who may talk to whom). */
export const policyClasses: ApicClasses = {
  rtctrlProfile: policy('prof-{name}', ['fvTenant', 'l3extOut'], {
    ...named,
    autoContinue: yesNo('no'),
    direction: readOnly('import'),
    level: readOnly('0'),
    type: choice('combinable', 'global'),
  }),
  rtctrlCtxP: part('ctx-{name}', ['rtctrlProfile'], {
    ...named,
    action: choice('permit', 'deny'),
    order: number('0', [0, 9]),
  }),
  rtctrlRsCtxPToSubjP: relation('rsctxPToSubjP-{tnRtctrlSubjPName}', ['rtctrlCtxP'], {
    class: 'rtctrlSubjP',
    by: 'tnRtctrlSubjPName',
  }),
  rtctrlScope: bringing(['rtctrlRsScopeToAttrP'], part('scp', ['rtctrlCtxP'])),
  rtctrlRsScopeToAttrP: relation('rsScopeToAttrP', ['rtctrlScope'], { class: 'rtctrlAttrP', by: 'tnRtctrlAttrPName' }),
  rtctrlAttrP: part('attr-{name}', ['fvTenant'], named),
  rtctrlSetPref: part('spref', ['rtctrlAttrP'], {
    localPref: number('100', [0, 4294967295]),
    type: readOnly('local-pref'),
  }),
  rtctrlSubjP: part('subj-{name}', ['fvTenant'], named),
  rtctrlMatchRtDest: part('dest-[{ip}]', ['rtctrlSubjP'], {
    ip: address('', 'required'),
    aggregate: yesNo('no'),
    fromPfxLen: number('0', [0, 128]),
    toPfxLen: number('0', [0, 128]),
    type: readOnly('rt-dst'),
  }),
  rtctrlMatchCommTerm: part('commtrm-{name}', ['rtctrlSubjP'], { ...named, type: readOnly('community') }),
  rtctrlMatchCommFactor: part('commfct-{community}', ['rtctrlMatchCommTerm'], {
    community: text({ max: 128 }),
    scope: choice('transitive', 'non-transitive'),
    type: readOnly('community'),
  }),

  vzBrCP: policy('brc-{name}', ['fvTenant'], {
    ...named,
    ...targeted,
    configIssues: readOnly(''),
    intent: choice('install', 'estimate_add', 'estimate_delete'),
    reevaluateAll: readOnly('no'),
    scope,
  }),
  vzSubj: part('subj-{name}', ['vzBrCP'], {
    ...named,
    ...targeted,
    configIssues: readOnly(''),
    consMatchT: choice('AtleastOne', 'All', 'AtmostOne', 'None'),
    provMatchT: choice('AtleastOne', 'All', 'AtmostOne', 'None'),
    revFltPorts: yesNo('yes'),
  }),
  vzRsSubjFiltAtt: relation('rssubjFiltAtt-{tnVzFilterName}', ['vzSubj'], {
    class: 'vzFilter',
    by: 'tnVzFilterName',
    properties: {
      action: choice('permit', 'deny'),
      directives: bits('', 'log', 'no_stats'),
      priorityOverride: choice('default', 'level1', 'level2', 'level3'),
    },
  }),
  vzInTerm: part('intmnl', ['vzSubj'], targeted),
  vzOutTerm: part('outtmnl', ['vzSubj'], targeted),
  vzRsFiltAtt: relation('rsfiltAtt-{tnVzFilterName}', ['vzInTerm', 'vzOutTerm'], {
    class: 'vzFilter',
    by: 'tnVzFilterName',
    properties: {
      action: choice('permit', 'deny'),
      directives: bits('', 'log', 'no_stats'),
      priorityOverride: choice('default', 'level1', 'level2', 'level3'),
    },
  }),
  vzCPIf: policy('cif-{name}', ['fvTenant'], named),
  vzRsIf: relation('rsif', ['vzCPIf'], { class: 'vzBrCP', by: 'tDn', properties: { prio: priority } }),
  vzFilter: policy('flt-{name}', ['fvTenant'], {
    ...named,
    fwdId: readOnly('0'),
    id: readOnly('implicit'),
    revId: readOnly('0'),
  }),
  vzEntry: part('e-{name}', ['vzFilter'], {
    ...named,
    applyToFrag: yesNo('no'),
    arpOpc: choice('unspecified', 'reply', 'req'),
    dFromPort: port,
    dToPort: port,
    sFromPort: port,
    sToPort: port,
    etherT: choice('unspecified', 'arp', 'fcoe', 'ip', 'ipv4', 'ipv6', 'mac_security', 'mpls_ucast', 'trill'),
    icmpv4T: choice('unspecified', 'dst-unreach', 'echo', 'echo-rep', 'src-quench', 'time-exceeded'),
    icmpv6T: choice(
      'unspecified',
      'dst-unreach',
      'echo-rep',
      'echo-req',
      'nbr-advert',
      'nbr-solicit',
      'redirect',
      'time-exceeded',
    ),
    matchDscp: dscp,
    prot: word({ max: 16, fallback: 'unspecified' }),
    stateful: yesNo('no'),
    tcpRules: bits('', 'ack', 'est', 'fin', 'rst', 'syn'),
  }),
  vzAny: bringing(
    [],
    part('any', ['fvCtx'], {
      configIssues: readOnly(''),
      matchT: choice('AtleastOne', 'All', 'AtmostOne', 'None'),
      pcTag: readOnly('any'),
      prefGrMemb: choice('disabled', 'enabled'),
    }),
  ),
  vzRsAnyToCons: relation('rsanyToCons-{tnVzBrCPName}', ['vzAny'], {
    class: 'vzBrCP',
    by: 'tnVzBrCPName',
    properties: { prio: priority },
  }),
  vzRsAnyToProv: relation('rsanyToProv-{tnVzBrCPName}', ['vzAny'], {
    class: 'vzBrCP',
    by: 'tnVzBrCPName',
    properties: { prio: priority, matchT: choice('AtleastOne', 'All', 'AtmostOne', 'None') },
  }),
  vzTaboo: policy('taboo-{name}', ['fvTenant'], { ...named, configIssues: readOnly(''), scope: readOnly('context') }),
  fvRsProtBy: relation('rsprotBy-{tnVzTabooName}', ['fvAEPg', 'l3extInstP'], { class: 'vzTaboo', by: 'tnVzTabooName' }),
}
