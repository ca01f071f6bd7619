/** Anything that tells of its changes; answers how to stop listening. */
export interface Changing {
  readonly name: string
  onChange?(listener: () => void): () => void
}

/** What one device contributes, worked out again only after it changed. */
export interface Part<T> {
  get(): T
  forget(): void
  stop(): void
}

/** A device that cannot tell of its changes is worked out every time. */
export function partOf<T>(device: Changing, make: () => T, changed: () => void): Part<T> {
  let known: { readonly made: T } | null = null
  const forget = () => {
    known = null
  }
  const stop = device.onChange?.(() => {
    forget()
    changed()
  })
  return {
    get() {
      const made = known?.made ?? make()
      if (stop) known = { made }
      return made
    },
    forget,
    stop: stop ?? (() => {}),
  }
}

/** Made when asked after a touch, or shortly after it: many changes in a row (a tree POST, a rollback) are one making. */
export function makeLazy<T>(make: () => T): { get: () => T; touch: () => void; stop: () => void } {
  let value: { readonly made: T } | null = null
  let timer: NodeJS.Timeout | null = null
  const get = () => {
    value ??= { made: make() }
    return value.made
  }
  return {
    get,
    touch() {
      value = null
      timer ??= setTimeout(() => {
        timer = null
        get()
      }, 30).unref()
    },
    stop() {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}
