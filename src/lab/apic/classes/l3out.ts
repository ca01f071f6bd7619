import { type ApicClasses, bringing, part, policy, relation } from '../class.ts'
import { address, bits, choice, encap, number, readOnly, secret, text, word, yesNo } from '../rule.ts'

const named = { name: word({ max: 64, min: 1, colon: true }) }
const differentiated = [10, 20, 30, 40].flatMap(row => [1, 2, 3].map(column => `AF${row + column}`))
const selectors = Array.from({ length: 8 }, (_, index) => `CS${index}`)
const dscp = choice('unspecified', ...differentiated, ...selectors, 'EF', 'VA')
const priority = choice('unspecified', 'level1', 'level2', 'level3', 'level4', 'level5', 'level6')
// The APIC lists 140 colours; the lab takes any word.
const colour = word({ max: 32, fallback: 'yellow-green' })
const mac = text({ max: 17, pattern: /^([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$/, fallback: '00:22:BD:F8:19:FF' })

/** What an SVI, a floating SVI and a routed port have in common. */
const attachment = {
  addr: address('0.0.0.0'),
  autostate: choice('disabled', 'enabled'),
  configIssues: readOnly(''),
  descr: text({ max: 128 }),
  encapScope: choice('local', 'ctx'),
  ifInstT: choice('unspecified', 'ext-svi', 'l3-port', 'sub-interface'),
  ipv6Dad: choice('enabled', 'disabled'),
  llAddr: address('::'),
  mac,
  mode: choice('regular', 'native', 'untagged'),
  mtu: number('inherit', [576, 9216], 'inherit'),
  targetDscp: dscp,
}

/** L3Outs: the way out of the fabric, by leaf, interface and external endpoint group. */
export const l3outClasses: ApicClasses = {
  l3extOut: bringing(
    ['l3extRsEctx'],
    policy('out-{name}', ['fvTenant'], {
      ...named,
      enforceRtctrl: bits('export', 'export', 'import'),
      mplsEnabled: yesNo('no'),
      targetDscp: dscp,
    }),
  ),
  l3extRsEctx: relation('rsectx', ['l3extOut'], { class: 'fvCtx', by: 'tnFvCtxName' }),
  l3extRsL3DomAtt: relation('rsl3DomAtt', ['l3extOut'], { class: 'l3extDomP', by: 'tDn' }),
  l3extConsLbl: part('conslbl-{name}', ['l3extOut'], { ...named, owner: choice('infra', 'tenant'), tag: colour }),
  l3extRsInterleakPol: relation('rsinterleakPol', ['l3extOut'], { class: 'rtctrlProfile', by: 'tnRtctrlProfileName' }),
  l3extRsDampeningPol: relation('rsdampeningPol-[{tnRtctrlProfileName}]-{af}', ['l3extOut'], {
    class: 'rtctrlProfile',
    by: 'tnRtctrlProfileName',
    properties: { af: choice('ipv4-ucast', 'ipv6-ucast') },
  }),
  l3extRsRedistributePol: relation('rsredistributePol-[{tnRtctrlProfileName}]-{src}', ['l3extOut'], {
    class: 'rtctrlProfile',
    by: 'tnRtctrlProfileName',
    properties: { src: choice('static', 'attached-host', 'direct') },
  }),
  ospfExtP: part('ospfExtP', ['l3extOut'], {
    areaCost: number('1', [0, 16777215]),
    areaCtrl: bits('redistribute,summary', 'redistribute', 'summary', 'suppress-fa'),
    areaId: text({ max: 32, fallback: '0.0.0.1' }),
    areaType: choice('nssa', 'regular', 'stub'),
    multipodInternal: yesNo('no'),
  }),
  eigrpExtP: part('eigrpExtP', ['l3extOut'], { asn: number('1', [1, 65535]) }),
  pimExtP: part('pimextp', ['l3extOut'], { enabledAf: bits('ipv4-mcast', 'ipv4-mcast', 'ipv6-mcast') }),
  l3extLNodeP: policy('lnodep-{name}', ['l3extOut'], {
    ...named,
    configIssues: readOnly(''),
    tag: colour,
    targetDscp: dscp,
  }),
  l3extRsNodeL3OutAtt: relation('rsnodeL3OutAtt-[{tDn}]', ['l3extLNodeP'], {
    class: 'fabricNode',
    by: 'tDn',
    properties: {
      configIssues: readOnly(''),
      rtrId: address('', 'forbidden'),
      rtrIdLoopBack: yesNo('yes'),
    },
  }),
  l3extLoopBackIfP: part('lbp-[{addr}]', ['l3extRsNodeL3OutAtt'], { addr: address() }),
  l3extInfraNodeP: part('infranodep', ['l3extRsNodeL3OutAtt'], {
    fabricExtCtrlPeering: yesNo('no'),
    fabricExtIntersiteCtrlPeering: yesNo('no'),
    spineRole: bits('', 'msite-forwarder', 'msite-speaker', 'wan'),
  }),
  ipRouteP: part('rt-[{ip}]', ['l3extRsNodeL3OutAtt'], {
    ip: address('', 'required'),
    aggregate: yesNo('no'),
    pref: number('1', [1, 255]),
    rtCtrl: bits('', 'bfd'),
    type: readOnly('rt-static'),
    fromPfxLen: readOnly('0'),
    toPfxLen: readOnly('0'),
  }),
  ipNexthopP: part('nh-[{nhAddr}]', ['ipRouteP'], {
    nhAddr: address(),
    pref: number('unspecified', [0, 255], 'unspecified'),
    type: choice('prefix', 'none'),
  }),
  ipRsRouteTrack: relation('rsRouteTrack', ['ipRouteP'], { class: 'fvTrackList', by: 'tDn' }),
  mplsExtP: part('mplsextp', ['l3extOut']),
  ospfIfP: part('ospfIfP', ['l3extLIfP'], {
    authKey: secret(),
    authKeyId: number('1', [1, 255]),
    authType: choice('none', 'md5', 'simple'),
  }),
  ospfRsIfPol: relation('rsIfPol', ['ospfIfP'], { class: 'ospfIfPol', by: 'tnOspfIfPolName' }),
  l3extLIfP: bringing(
    ['l3extRsNdIfPol', 'l3extRsIngressQosDppPol', 'l3extRsEgressQosDppPol', 'l3extRsLIfPCustQosPol'],
    policy('lifp-{name}', ['l3extLNodeP'], { ...named, prio: priority, tag: colour }),
  ),
  l3extRsNdIfPol: relation('rsNdIfPol', ['l3extLIfP'], { class: 'ndIfPol', by: 'tnNdIfPolName' }),
  l3extRsIngressQosDppPol: relation('rsIngressQosDppPol', ['l3extLIfP'], { class: 'qosDppPol', by: 'tnQosDppPolName' }),
  l3extRsEgressQosDppPol: relation('rsEgressQosDppPol', ['l3extLIfP'], { class: 'qosDppPol', by: 'tnQosDppPolName' }),
  l3extRsLIfPCustQosPol: relation('rslIfPCustQosPol', ['l3extLIfP'], {
    class: 'qosCustomPol',
    by: 'tnQosCustomPolName',
  }),
  l3extVirtualLIfP: part('vlifp-[{nodeDn}]-[{encap}]', ['l3extLIfP'], {
    ...attachment,
    nodeDn: text({ max: 128, pattern: /^topology\/pod-\d+\/node-\d+$/ }),
    encap: encap(''),
  }),
  l3extRsDynPathAtt: relation('rsdynPathAtt-[{tDn}]', ['l3extVirtualLIfP'], {
    class: 'physDomP',
    by: 'tDn',
    properties: {
      descr: text({ max: 128 }),
      encap: encap(),
      floatingAddr: address('0.0.0.0'),
      forgedTransmit: choice('Disabled', 'Enabled'),
      macChange: choice('Disabled', 'Enabled'),
      promMode: choice('Disabled', 'Enabled'),
    },
  }),
  l3extVirtualLIfPLagPolAtt: part('vlifplagpolatt', ['l3extRsDynPathAtt'], {}),
  l3extRsVSwitchEnhancedLagPol: relation('rsvSwitchEnhancedLagPol-[{tDn}]', ['l3extVirtualLIfPLagPolAtt'], {
    class: 'lacpEnhancedLagPol',
    by: 'tDn',
  }),
  l3extRsPathL3OutAtt: relation('rspathL3OutAtt-[{tDn}]', ['l3extLIfP'], {
    class: 'fabricPathEp',
    by: 'tDn',
    properties: { ...attachment, encap: encap(), isMultiPodDirect: yesNo('no') },
  }),
  l3extMember: part('mem-{side}', ['l3extRsPathL3OutAtt'], {
    side: choice('A', 'B'),
    addr: address('0.0.0.0'),
    ipv6Dad: choice('enabled', 'disabled'),
    llAddr: address('::'),
  }),
  l3extIp: part('addr-[{addr}]', ['l3extRsPathL3OutAtt', 'l3extVirtualLIfP', 'l3extMember', 'l3extRsDynPathAtt'], {
    addr: address('', 'required'),
    dhcpRelay: choice('disabled', 'enabled'),
    ipv6Dad: choice('enabled', 'disabled'),
  }),
  l3extInstP: bringing(
    ['fvRsCustQosPol'],
    part('instP-{name}', ['l3extOut'], {
      ...named,
      configIssues: readOnly(''),
      configSt: readOnly('applied'),
      exceptionTag: text({ max: 512 }),
      floodOnEncap: choice('disabled', 'enabled'),
      matchT: choice('AtleastOne', 'All', 'AtmostOne', 'None'),
      pcEnfPref: choice('unenforced', 'enforced'),
      pcTag: readOnly('32771'),
      prefGrMemb: choice('exclude', 'include'),
      prio: priority,
      scope: readOnly('0'),
      targetDscp: dscp,
    }),
  ),
  l3extRsInstPToProfile: relation('rsinstPToProfile-[{tnRtctrlProfileName}]-{direction}', ['l3extInstP'], {
    class: 'rtctrlProfile',
    by: 'tnRtctrlProfileName',
    properties: { direction: choice('import', 'export') },
  }),
  l3extSubnet: part('extsubnet-[{ip}]', ['l3extInstP'], {
    ip: address('', 'required'),
    aggregate: bits('', 'export-rtctrl', 'import-rtctrl', 'shared-rtctrl'),
    scope: bits(
      'import-security',
      'export-rtctrl',
      'import-rtctrl',
      'import-security',
      'shared-rtctrl',
      'shared-security',
    ),
  }),
  l3extRsSubnetToProfile: relation('rssubnetToProfile-[{tnRtctrlProfileName}]-{direction}', ['l3extSubnet'], {
    class: 'rtctrlProfile',
    by: 'tnRtctrlProfileName',
    properties: { direction: choice('import', 'export') },
  }),
  l3extRouteTagPol: policy('rttag-{name}', ['fvTenant'], { ...named, tag: number('4294967295', [0, 4294967295]) }),
  l3extDomP: policy('l3dom-{name}', ['polUni'], { ...named, configIssues: readOnly('') }),
}
