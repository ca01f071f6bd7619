const leaf = (number: number) => {
  const nodeDn = `topology/pod-1/node-${number}`
  return {
    l3extVirtualLIfP: {
      attributes: { nodeDn, encap: 'vlan-310', addr: `192.168.1.${number}/24`, ifInstT: 'ext-svi' },
      children: [
        { l3extIp: { attributes: { addr: '192.168.1.254/24' } } },
        { l3extRsDynPathAtt: { attributes: { tDn: 'uni/phys-green', floatingAddr: '192.168.1.253/24' } } },
        {
          bgpPeerP: {
            attributes: { addr: '192.168.1.0/24', password: 'secret-1', ctrl: 'as-override,dis-peer-as-check' },
            children: [{ bgpAsP: { attributes: { asn: '65531' } } }],
          },
        },
      ],
    },
  }
}

const l3out = {
  l3extOut: {
    attributes: { name: 'green', enforceRtctrl: 'export,import' },
    children: [
      { bgpExtP: { attributes: {} } },
      { l3extRsEctx: { attributes: { tnFvCtxName: 'prod' } } },
      {
        l3extLNodeP: {
          attributes: { name: 'anchors' },
          children: [
            ...[201, 202].map(number => ({
              l3extRsNodeL3OutAtt: {
                attributes: { tDn: `topology/pod-1/node-${number}`, rtrId: `192.0.2.${number}`, rtrIdLoopBack: 'no' },
              },
            })),
            {
              bgpProtP: {
                attributes: {},
                children: [{ bgpRsBgpNodeCtxPol: { attributes: { tnBgpCtxPolName: 'timers' } } }],
              },
            },
            { l3extLIfP: { attributes: { name: 'svi' }, children: [leaf(201), leaf(202)] } },
          ],
        },
      },
      {
        rtctrlProfile: {
          attributes: { name: 'default-import' },
          children: [
            {
              rtctrlCtxP: {
                attributes: { name: 'nodes' },
                children: [{ rtctrlRsCtxPToSubjP: { attributes: { tnRtctrlSubjPName: 'pods' } } }],
              },
            },
          ],
        },
      },
    ],
  },
}

/** Tenant k8s with the L3Out `green`: two anchor leaves, dynamic peers, import route control. To be posted to uni. */
export const greenL3out = {
  polUni: {
    attributes: {},
    children: [
      {
        fabricInst: {
          attributes: {},
          children: [
            {
              bgpInstPol: {
                attributes: { name: 'default' },
                children: [{ bgpAsP: { attributes: { asn: '65102' } } }],
              },
            },
          ],
        },
      },
      {
        fvTenant: {
          attributes: { name: 'k8s' },
          children: [
            { fvCtx: { attributes: { name: 'prod' } } },
            { bgpCtxPol: { attributes: { name: 'timers', kaIntvl: '10', holdIntvl: '30' } } },
            {
              rtctrlSubjP: {
                attributes: { name: 'pods' },
                children: [{ rtctrlMatchRtDest: { attributes: { ip: '10.244.0.0/16', aggregate: 'yes' } } }],
              },
            },
            l3out,
          ],
        },
      },
    ],
  },
}
