import { familyOf, lengthOf } from '../address.ts'
import { type PrefixRule, passes } from '../prefix-filter.ts'
import { attribute, type Configuration } from './tree.ts'

/**
 * What an L3Out lets in: everything, or, with import route control enforced, what its route map `default-import`
 * permits and the external subnets that are marked for import.
 */
export function importControl(configuration: Configuration, l3out: string): (prefix: string) => boolean {
  const enforced = attribute(configuration.get(l3out), 'enforceRtctrl').split(',').includes('import')
  if (!enforced) return () => true
  const rules = [...routeMap(configuration, `${l3out}/prof-default-import`), ...markedSubnets(configuration, l3out)]
  return prefix => passes(rules, prefix)
}

function routeMap(configuration: Configuration, profile: string): PrefixRule[] {
  const contexts = configuration
    .below(profile, 'rtctrlCtxP')
    .toSorted((left, right) => Number(attribute(left, 'order')) - Number(attribute(right, 'order')))
  return contexts.flatMap(context => {
    const permit = attribute(context, 'action') === 'permit'
    const subjects = configuration
      .below(context.dn, 'rtctrlRsCtxPToSubjP')
      .flatMap(each => configuration.named(context.dn, `subj-${attribute(each, 'tnRtctrlSubjPName')}`) ?? [])
    return subjects
      .flatMap(subject => configuration.below(subject.dn, 'rtctrlMatchRtDest'))
      .map(each => destination(permit, attribute(each, 'ip'), each.attributes))
  })
}

/** `aggregate` takes everything longer as well, within fromPfxLen and toPfxLen where they are set. */
function destination(permit: boolean, prefix: string, settings: Readonly<Record<string, string>>): PrefixRule {
  const length = lengthOf(prefix)
  if (settings.aggregate !== 'yes') return { permit, prefix, from: length, to: length }
  const longest = familyOf(prefix) === 'ipv4' ? 32 : 128
  return { permit, prefix, from: Number(settings.fromPfxLen) || length, to: Number(settings.toPfxLen) || longest }
}

/** Aggregating import works for the default route only; any other subnet is taken as it stands. */
function markedSubnets(configuration: Configuration, l3out: string): PrefixRule[] {
  const subnets = configuration
    .below(l3out, 'l3extInstP')
    .flatMap(group => configuration.below(group.dn, 'l3extSubnet'))
    .filter(subnet => attribute(subnet, 'scope').split(',').includes('import-rtctrl'))
  return subnets.map(subnet => {
    const prefix = attribute(subnet, 'ip')
    const aggregate = attribute(subnet, 'aggregate').split(',').includes('import-rtctrl') && lengthOf(prefix) === 0
    return destination(true, prefix, { aggregate: aggregate ? 'yes' : 'no' })
  })
}
