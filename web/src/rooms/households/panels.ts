// SPDX-License-Identifier: Apache-2.0
// The parts of a household's file. Each is read when it is opened: a look that nobody needs is none.
import { defineAsyncComponent, type Component } from 'vue'
import { READS_CASES } from '../../cases/rights'
import type { Words } from '../../words/language'
import { SAID } from './words'

export interface Panel {
  readonly id: string
  readonly title: Words
  readonly rights: readonly string[]
  /** Where one of these is enough. */
  readonly oneOf?: readonly string[]
  readonly screen: Component
}

export const PANELS: readonly Panel[] = [
  {
    id: 'now',
    title: SAID.now,
    rights: [],
    screen: defineAsyncComponent(() => import('./NowPanel.vue')),
  },
  {
    id: 'warnings',
    title: SAID.warnings,
    rights: ['read:warning'],
    screen: defineAsyncComponent(() => import('./WhyPanel.vue')),
  },
  {
    id: 'facts',
    title: SAID.facts,
    rights: ['read:fact'],
    screen: defineAsyncComponent(() => import('./FactsPanel.vue')),
  },
  { id: 'cases', title: SAID.cases, rights: [], screen: defineAsyncComponent(() => import('./CasesPanel.vue')) },
  {
    id: 'papers',
    title: SAID.allPapers,
    rights: [],
    oneOf: ['read:authorisation', ...READS_CASES],
    screen: defineAsyncComponent(() => import('./AllPapers.vue')),
  },
  {
    id: 'protections',
    title: SAID.protections,
    rights: ['decide:person'],
    screen: defineAsyncComponent(() => import('./ProtectionsPanel.vue')),
  },
  {
    id: 'changes',
    title: SAID.changes,
    rights: ['change:household'],
    screen: defineAsyncComponent(() => import('./ChangesPanel.vue')),
  },
  {
    id: 'looks',
    title: SAID.looks,
    rights: [],
    oneOf: ['read:audit', 'change:household'],
    screen: defineAsyncComponent(() => import('./LooksPanel.vue')),
  },
]
