import { type ApicClasses, bringing, part, policy, relation } from '../class.ts'
import { address, asNumber, bits, choice, number, readOnly, secret, text, word } from '../rule.ts'

const named = { name: word({ max: 64, min: 1, colon: true }) }
const peering = ['l3extLNodeP', 'l3extRsPathL3OutAtt', 'l3extVirtualLIfP'] as const

/** BGP: peers of L3Outs, the fabric's own AS, timers and other policies. */
export const bgpClasses: ApicClasses = {
  bgpExtP: part('bgpExtP', ['l3extOut']),
  bgpPeerP: bringing(
    ['bgpRsPeerPfxPol'],
    part('peerP-[{addr}]', peering, {
      addr: address(),
      addrTCtrl: bits('af-ucast', 'af-label-ucast', 'af-mcast', 'af-ucast'),
      adminSt: choice('enabled', 'disabled'),
      allowedSelfAsCnt: number('3', [1, 10]),
      connectivityType: readOnly('tenant'),
      ctrl: bits(
        '',
        'allow-self-as',
        'as-override',
        'dis-peer-as-check',
        'nh-self',
        'segment-routing-disable',
        'send-com',
        'send-ext-com',
      ),
      ctrlExt: bits('', 'send-domain-path'),
      password: secret(),
      peerCtrl: bits('', 'bfd', 'dis-conn-check'),
      privateASctrl: bits('', 'remove-all', 'remove-exclusive', 'replace-as'),
      sessionT: readOnly('peer'),
      ttl: number('1', [1, 255]),
      weight: number('0', [0, 65535]),
    }),
  ),
  bgpAsP: part('as', ['bgpPeerP', 'bgpInfraPeerP', 'bgpInstPol'], { asn: asNumber() }),
  bgpLocalAsnP: part('localasn', ['bgpPeerP', 'bgpInfraPeerP'], {
    localAsn: asNumber('0'),
    asnPropagate: choice('none', 'dual-as', 'no-prepend', 'replace-as'),
  }),
  bgpRsPeerPfxPol: relation('rspeerPfxPol', ['bgpPeerP'], { class: 'bgpPeerPfxPol', by: 'tnBgpPeerPfxPolName' }),
  bgpRsPeerToProfile: relation('rspeerToProfile-[{tnRtctrlProfileName}]-{direction}', ['bgpPeerP'], {
    class: 'rtctrlProfile',
    by: 'tnRtctrlProfileName',
    properties: { direction: choice('import', 'export') },
  }),
  bgpPeerPfxPol: policy('bgpPfxP-{name}', ['fvTenant'], {
    ...named,
    action: choice('reject', 'log', 'restart', 'shut'),
    maxPfx: number('20000', [1, 300000]),
    restartTime: number('infinite', [1, 65535], 'infinite'),
    thresh: number('75', [1, 100]),
  }),
  bgpProtP: part('protp', ['l3extLNodeP']),
  bgpRsBgpNodeCtxPol: relation('rsbgpNodeCtxPol', ['bgpProtP'], { class: 'bgpCtxPol', by: 'tnBgpCtxPolName' }),
  bgpRsBestPathCtrlPol: relation('rsBestPathCtrlPol', ['bgpProtP'], {
    class: 'bgpBestPathCtrlPol',
    by: 'tnBgpBestPathCtrlPolName',
  }),
  bgpCtxPol: policy('bgpCtxP-{name}', ['fvTenant'], {
    ...named,
    grCtrl: bits('helper', 'helper'),
    holdIntvl: number('180', [0, 3600]),
    kaIntvl: number('60', [0, 3600]),
    maxAsLimit: number('0', [0, 2000]),
    staleIntvl: number('300', [1, 3600], 'default'),
  }),
  bgpCtxAfPol: policy('bgpCtxAfP-{name}', ['fvTenant'], {
    ...named,
    ctrl: bits('', 'host-rt-leak'),
    eDist: number('20', [1, 255]),
    iDist: number('200', [1, 255]),
    localDist: number('220', [1, 255]),
    maxEcmp: number('16', [1, 64]),
    maxEcmpIbgp: number('16', [1, 64]),
    maxLocalEcmp: number('0', [0, 16]),
    bgpCtxAfPolName: readOnly(''),
  }),
  bgpCtxAddlPathPol: part('addlPath', ['bgpCtxAfPol'], { capability: bits('', 'receive', 'send') }),
  bgpBestPathCtrlPol: policy('bestpath-{name}', ['fvTenant'], { ...named, ctrl: bits('', 'asPathMultipathRelax') }),
  bgpRtSummPol: policy('bgprtsum-{name}', ['fvTenant'], {
    ...named,
    attrmap: text({ max: 512 }),
    ctrl: bits('', 'as-set', 'summary-only'),
  }),
  bgpInstPol: policy('bgpInstP-{name}', ['fabricInst'], named),
  bgpRRP: part('rr', ['bgpInstPol']),
  bgpRRNodePEp: part('node-{id}', ['bgpRRP'], { id: number('', [1, 16000]), podId: number('1', [1, 254]) }),
}
