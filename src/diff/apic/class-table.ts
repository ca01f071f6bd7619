/**
 * What weft knows of APIC classes, one per line: class, parents, rn format, attributes.
 * An attribute is `name=default`; a mark before it says what kind it is:
 *   !  secret: accepted, never given back      *  bitmask: comma-joined, order means nothing
 *   ?  yes/no                                  ~  enabled/disabled
 * `|` instead of `=` marks one without a default. Classes that are not here work too, with an explicit dn or rn.
 */
export const APIC_CLASS_TABLE = `
fvTenant polUni tn-{name}
fvCtx fvTenant ctx-{name} ?bdEnforcedEnable=no ~ipDataPlaneLearning=enabled knwMcastAct=permit pcEnfDir=ingress pcEnfPref=enforced
fvBD fvTenant BD-{name} ?OptimizeWanBandwidth=no ?arpFlood=no ?epClear=no *epMoveDetectMode= ?hostBasedRouting=no ?intersiteBumTrafficAllow=no ?intersiteL2Stretch=no ?ipLearning=yes ?limitIpLearnToSubnets=yes mac=00:22:BD:F8:19:FF ?mcastAllow=no multiDstPktAct=bd-flood type=regular ?unicastRoute=yes unkMacUcastAct=proxy unkMcastAct=flood v6unkMcastAct=flood vmac=not-applicable
fvSubnet fvBD,fvAEPg subnet-[{ip}] *ctrl| *scope=private ?preferred=no ?virtual=no
fvAp fvTenant ap-{name} prio=unspecified
fvAEPg fvAp epg-{name} ~floodOnEncap=disabled *fwdCtrl= ?hasMcastSource=no ?isAttrBasedEPg=no matchT=AtleastOne pcEnfPref=unenforced prefGrMemb=exclude prio=unspecified ?shutdown=no
fvESg fvAp esg-{name} matchT=AtleastOne pcEnfPref=unenforced prefGrMemb=exclude prio=unspecified ?shutdown=no
fvRsCtx fvBD rsctx tnFvCtxName=
fvRsScope fvESg rsscope tnFvCtxName=
fvRsBDToOut fvBD rsBDToOut-{tnL3extOutName}
fvRsBd fvAEPg rsbd tnFvBDName=
fvRsDomAtt fvAEPg rsdomAtt-[{tDn}] classPref=encap encap=unknown encapMode=auto instrImedcy=lazy resImedcy=lazy switchingMode=native ?untagged=no
fvRsPathAtt fvAEPg rspathAtt-[{tDn}] encap=unknown instrImedcy=lazy mode=regular primaryEncap=unknown
fvRsProv fvAEPg,fvESg,l3extInstP rsprov-{tnVzBrCPName} matchT=AtleastOne prio=unspecified
fvRsCons fvAEPg,fvESg,l3extInstP rscons-{tnVzBrCPName} prio=unspecified
fvRsConsIf fvAEPg,fvESg,l3extInstP rsconsIf-{tnVzCPIfName} prio=unspecified
fvRsProtBy fvAEPg,l3extInstP rsprotBy-{tnVzTabooName}
fvRsIntraEpg fvAEPg,fvESg,l3extInstP rsintraEpg-{tnVzBrCPName}
fvRsBgpCtxPol fvCtx rsbgpCtxPol tnBgpCtxPolName=
fvRsCtxToBgpCtxAfPol fvCtx rsctxToBgpCtxAfPol-[{tnBgpCtxAfPolName}]-{af}
fvRsCtxToExtRouteTagPol fvCtx rsctxToExtRouteTagPol tnL3extRouteTagPolName=
fvRsCtxToEpRet fvCtx rsctxToEpRet tnFvEpRetPolName=
fvRsOspfCtxPol fvCtx rsospfCtxPol tnOspfCtxPolName=
fvRsCtxMonPol fvCtx rsCtxMonPol tnMonEPGPolName=
fvRsTenantMonPol fvTenant rsTenantMonPol tnMonEPGPolName=
leakRoutes fvCtx leakroutes
leakInternalSubnet leakRoutes leakintsubnet-[{ip}] scope=private
leakTo leakInternalSubnet to-[{tenantName}]-[{ctxName}] scope=inherit
l3extOut fvTenant out-{name} *enforceRtctrl=export ?mplsEnabled=no targetDscp=unspecified
l3extRsEctx l3extOut rsectx tnFvCtxName=
l3extRsL3DomAtt l3extOut rsl3DomAtt tDn=
l3extRsRedistributePol l3extOut rsredistributePol-[{tnRtctrlProfileName}]-{src}
l3extRsInterleakPol l3extOut rsinterleakPol tnRtctrlProfileName=
l3extRsDampeningPol l3extOut rsdampeningPol-[{tnRtctrlProfileName}]-{af}
l3extDefaultRouteLeakP l3extOut defrtleak ?always=no criteria=only *scope=ctx,l3-out
l3extLNodeP l3extOut lnodep-{name} tag=yellow-green targetDscp=unspecified
l3extRsNodeL3OutAtt l3extLNodeP rsnodeL3OutAtt-[{tDn}] rtrId| ?rtrIdLoopBack=yes
l3extInfraNodeP l3extRsNodeL3OutAtt infranodep
l3extLoopBackIfP l3extRsNodeL3OutAtt lbp-[{addr}]
ipRouteP l3extRsNodeL3OutAtt rt-[{ip}] pref=1 *rtCtrl=
ipNexthopP ipRouteP nh-[{nhAddr}] pref| type=prefix
l3extLIfP l3extLNodeP lifp-{name} prio=unspecified tag=yellow-green
l3extRsNdIfPol l3extLIfP rsNdIfPol tnNdIfPolName=
l3extRsIngressQosDppPol l3extLIfP rsIngressQosDppPol tnQosDppPolName=
l3extRsEgressQosDppPol l3extLIfP rsEgressQosDppPol tnQosDppPolName=
l3extRsLIfPCustQosPol l3extLIfP rslIfPCustQosPol tnQosCustomPolName=
l3extRsPathL3OutAtt l3extLIfP rspathL3OutAtt-[{tDn}] addr=0.0.0.0 ~autostate=disabled encap=unknown encapScope=local ifInstT=unspecified ~ipv6Dad=enabled llAddr=:: mac=00:22:BD:F8:19:FF mode=regular mtu=inherit targetDscp=unspecified
l3extMember l3extRsPathL3OutAtt mem-{side} addr=0.0.0.0 ~ipv6Dad=enabled llAddr=::
l3extVirtualLIfP l3extLIfP vlifp-[{nodeDn}]-[{encap}] addr=0.0.0.0 ~autostate=disabled encapScope=local ifInstT=unspecified ~ipv6Dad=enabled llAddr=:: mac=00:22:BD:F8:19:FF mode=regular mtu=inherit targetDscp=unspecified
l3extRsDynPathAtt l3extVirtualLIfP rsdynPathAtt-[{tDn}] encap=unknown floatingAddr=0.0.0.0 forgedTransmit=Disabled macChange=Disabled promMode=Disabled
l3extVirtualLIfPLagPolAtt l3extRsDynPathAtt vlifplagpolatt
l3extIp l3extRsPathL3OutAtt,l3extVirtualLIfP,l3extMember,l3extRsDynPathAtt addr-[{addr}] ~ipv6Dad=enabled ~dhcpRelay=disabled
l3extInstP l3extOut instP-{name} ~floodOnEncap=disabled matchT=AtleastOne pcEnfPref=unenforced prefGrMemb=exclude prio=unspecified targetDscp=unspecified
l3extSubnet l3extInstP extsubnet-[{ip}] *aggregate= *scope=import-security
l3extRsSubnetToProfile l3extSubnet rssubnetToProfile-[{tnRtctrlProfileName}]-{direction}
l3extRsInstPToProfile l3extInstP rsinstPToProfile-[{tnRtctrlProfileName}]-{direction}
l3extConsLbl l3extOut conslbl-{name}
l3extProvLbl l3extOut provlbl-{name}
l3extRouteTagPol fvTenant rttag-{name} tag=4294967295
bgpExtP l3extOut bgpExtP
bgpProtP l3extLNodeP protp
bgpRsBgpNodeCtxPol bgpProtP rsbgpNodeCtxPol tnBgpCtxPolName=
bgpRsBestPathCtrlPol bgpProtP rsBestPathCtrlPol tnBgpBestPathCtrlPolName=
bgpPeerP l3extLNodeP,l3extRsPathL3OutAtt,l3extVirtualLIfP peerP-[{addr}] *addrTCtrl=af-ucast ~adminSt=enabled allowedSelfAsCnt=3 *ctrl= *ctrlExt= !password| *peerCtrl= *privateASctrl= ttl=1 weight=0
bgpAsP bgpPeerP,bgpInfraPeerP,bgpInstPol as asn|
bgpLocalAsnP bgpPeerP,bgpInfraPeerP localasn asnPropagate=none localAsn=0
bgpRsPeerPfxPol bgpPeerP rspeerPfxPol tnBgpPeerPfxPolName=
bgpRsPeerToProfile bgpPeerP rspeerToProfile-[{tDn}]-{direction}
bgpInfraPeerP l3extLNodeP infraPeerP-[{addr}] *ctrl= *peerCtrl= !password| peerT=wan ttl=1 weight=0
bgpPeerPfxPol fvTenant bgpPfxP-{name} action=reject maxPfx=20000 restartTime=infinite thresh=75
bgpCtxPol fvTenant bgpCtxP-{name} *grCtrl=helper holdIntvl=180 kaIntvl=60 maxAsLimit=0 staleIntvl=300
bgpCtxAfPol fvTenant bgpCtxAfP-{name} *ctrl= eDist=20 iDist=200 localDist=220 maxEcmp=16 maxEcmpIbgp=16
bgpBestPathCtrlPol fvTenant bestpath-{name} *ctrl=
bgpRtSummPol fvTenant bgprtsum-{name} *attrmap= *ctrl=
bgpInstPol fabricInst bgpInstP-{name}
bgpRRP bgpInstPol rr
bgpRRNodePEp bgpRRP node-{id} podId=1
rtctrlProfile fvTenant,l3extOut prof-{name} ?autoContinue=no type=combinable
rtctrlCtxP rtctrlProfile ctx-{name} action=permit order=0
rtctrlRsCtxPToSubjP rtctrlCtxP rsctxPToSubjP-{tnRtctrlSubjPName}
rtctrlScope rtctrlCtxP scp
rtctrlRsScopeToAttrP rtctrlScope rsScopeToAttrP tnRtctrlAttrPName=
rtctrlAttrP fvTenant attr-{name}
rtctrlSubjP fvTenant subj-{name}
rtctrlMatchRtDest rtctrlSubjP dest-[{ip}] ?aggregate=no fromPfxLen=0 toPfxLen=0
rtctrlMatchCommTerm rtctrlSubjP commtrm-{name}
rtctrlMatchCommFactor rtctrlMatchCommTerm commfct-{community} scope=transitive
vzBrCP fvTenant brc-{name} prio=unspecified scope=context targetDscp=unspecified
vzSubj vzBrCP subj-{name} consMatchT=AtleastOne prio=unspecified provMatchT=AtleastOne ?revFltPorts=yes targetDscp=unspecified
vzRsSubjFiltAtt vzSubj rssubjFiltAtt-{tnVzFilterName} action=permit *directives= priorityOverride=default
vzFilter fvTenant flt-{name}
vzEntry vzFilter e-{name} ?applyToFrag=no arpOpc=unspecified dFromPort=unspecified dToPort=unspecified etherT=unspecified icmpv4T=unspecified icmpv6T=unspecified matchDscp=unspecified prot=unspecified sFromPort=unspecified sToPort=unspecified ?stateful=no *tcpRules=
vzAny fvCtx any matchT=AtleastOne ~prefGrMemb=disabled
vzRsAnyToCons vzAny rsanyToCons-{tnVzBrCPName} prio=unspecified
vzRsAnyToProv vzAny rsanyToProv-{tnVzBrCPName} matchT=AtleastOne prio=unspecified
vzCPIf fvTenant cif-{name}
vzTaboo fvTenant taboo-{name}
ospfExtP l3extOut ospfExtP areaCost=1 *areaCtrl=redistribute,summary areaId=0.0.0.1 areaType=nssa
ospfIfP l3extLIfP ospfIfP !authKey| authKeyId=1 authType=none
bfdIfP l3extLIfP bfdIfP !key| keyId=1 type=none
bfdMhNodeP l3extLNodeP bfdMhNodeP !key| keyId=1 type=none
infraInfra polUni infra
infraAttEntityP infraInfra attentp-{name}
infraRsDomP infraAttEntityP rsdomP-[{tDn}]
fvnsVlanInstP infraInfra vlanns-[{name}]-{allocMode}
fvnsEncapBlk fvnsVlanInstP from-[{from}]-to-[{to}] allocMode=inherit role=external
physDomP polUni phys-{name}
l3extDomP polUni l3dom-{name}
infraRsVlanNs physDomP,l3extDomP rsvlanNs tDn=
infraAccPortP infraInfra accportprof-{name}
infraHPortS infraAccPortP hports-{name}-typ-{type}
infraPortBlk infraHPortS portblk-{name} fromCard=1 fromPort=1 toCard=1 toPort=1
infraRsAccBaseGrp infraHPortS rsaccBaseGrp fexId=101 tDn=
infraFuncP infraInfra funcprof
infraAccPortGrp infraFuncP accportgrp-{name}
infraAccBndlGrp infraFuncP accbundle-{name} lagT=link
infraRsAttEntP infraAccPortGrp,infraAccBndlGrp rsattEntP tDn=
infraNodeP infraInfra nprof-{name}
infraLeafS infraNodeP leaves-{name}-typ-{type}
infraNodeBlk infraLeafS nodeblk-{name} from_=1 to_=1
infraRsAccPortP infraNodeP rsaccPortP-[{tDn}]
fabricInst polUni fabric
fabricExplicitGEp fabricProtPol expgep-{name} id|
fabricNodePEp fabricExplicitGEp nodepep-{id} podId=1
fabricProtPol fabricInst protpol pairT=explicit
configExportP fabricInst configexp-{name} adminSt=untriggered format=json ?includeSecureFields=yes maxSnapshotCount=global-limit ?snapshot=no
aaaUserEp polUni userext
aaaUser aaaUserEp user-{name} !pwd| accountStatus=active
aaaUserDomain aaaUser userdomain-{name}
aaaUserRole aaaUserDomain role-{name} privType=readPriv
aaaUserCert aaaUser usercert-{name}
tagTag fvTenant,fvCtx,fvBD,fvAp,fvAEPg,l3extOut,l3extInstP tagKey-{key} value|
tagAnnotation fvTenant,fvCtx,fvBD,fvAp,fvAEPg,l3extOut,l3extInstP annotationKey-[{key}] value|
`
