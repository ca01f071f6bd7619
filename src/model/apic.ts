/** An object of the APIC tree. Attribute values are always strings, as the APIC has them. */
export interface ApicObject {
  readonly dn: string
  readonly class: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Objects by dn. */
export type ApicTree = ReadonlyMap<string, ApicObject>

/** The reading side of an APIC. It has no way to write. */
export interface ApicRead {
  /** The object at dn and all below it, configuration only; read once per run, earlier tasks' planned changes applied. Empty = absent. */
  subtree(dn: string): Promise<ApicTree>
  /** The objects at these dns and below as they are on the APIC now, configuration only; what is asked in one moment is read together. */
  now(dns: readonly string[]): Promise<ApicTree>
  /** A GET as it stands, all pages, e.g. path '/api/class/bgpPeerEntry.json' with its query. Never cached. */
  get(path: string, query?: Readonly<Record<string, string>>): Promise<readonly ApicAnswer[]>
}

/** An entry of imdata, with its nested children. */
export interface ApicAnswer {
  readonly class: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly ApicAnswer[]
}

/** Create or modify (attributes) or delete one object. The connection folds many into few tree POSTs. */
export interface ApicCommand {
  readonly dn: string
  readonly class: string
  readonly attributes: Readonly<Record<string, string>>
  readonly delete?: boolean
}
