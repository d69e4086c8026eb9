// SPDX-License-Identifier: Apache-2.0
// A level is told by colour, shape and word together. The packs name the levels; one that is not known here is grey.
export interface LevelLook {
  readonly tone: 'red' | 'orange' | 'yellow' | 'blue' | 'green' | 'grey'
  readonly shape: string
  readonly mark: string
}

const LOOKS: Readonly<Record<string, LevelLook>> = {
  red: {
    tone: 'red',
    shape: 'M5.9 1h6.2L17 5.9v6.2L12.1 17H5.9L1 12.1V5.9z',
    mark: 'M7 5v5m4-5v5M7 13h.01M11 13h.01',
  },
  orange: { tone: 'orange', shape: 'M9 1.5 17.3 16H.7z', mark: 'M9 6.5v5M9 13.8h.01' },
  yellow: { tone: 'yellow', shape: 'M9 .8 17.2 9 9 17.2.8 9z', mark: 'M9 5v5M9 12.8h.01' },
  blue: { tone: 'blue', shape: 'M9 1a8 8 0 1 0 0 16A8 8 0 0 0 9 1z', mark: 'M9 8.5v4.5M9 5.2h.01' },
  green: { tone: 'green', shape: 'M1.5 1.5h15v15h-15z', mark: 'm5 9 3 3 5-6' },
}
const OTHER: LevelLook = { tone: 'grey', shape: 'M2 4h14v10H2z', mark: 'M6 9h6' }

export function lookOf(level: string): LevelLook {
  return LOOKS[level] ?? OTHER
}
