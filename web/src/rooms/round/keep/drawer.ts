// SPDX-License-Identifier: Apache-2.0
// Where the phone keeps what it was given: records by their key, changed several at once or not at all.

export interface Drawer {
  get: (key: string) => Promise<unknown>
  keys: () => Promise<readonly string[]>
  /** All of it or nothing: a phone may die in between. */
  change: (puts: readonly (readonly [string, unknown])[], deletes?: readonly string[]) => Promise<void>
  clear: () => Promise<void>
}

/** Gone with the page: for what is sent at once, and for tests. */
export class MemoryDrawer implements Drawer {
  readonly records = new Map<string, unknown>()

  get(key: string): Promise<unknown> {
    return Promise.resolve(this.records.get(key))
  }
  keys(): Promise<readonly string[]> {
    return Promise.resolve([...this.records.keys()])
  }
  change(puts: readonly (readonly [string, unknown])[], deletes: readonly string[] = []): Promise<void> {
    for (const key of deletes) this.records.delete(key)
    for (const [key, value] of puts) this.records.set(key, value)
    return Promise.resolve()
  }
  clear(): Promise<void> {
    this.records.clear()
    return Promise.resolve()
  }
}
