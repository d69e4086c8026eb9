// SPDX-License-Identifier: Apache-2.0
// What stands beside the events of some kinds of case: another room's panel, read when it is needed.
import { defineAsyncComponent, type Component } from 'vue'

const PANELS: Readonly<Record<string, Component>> = {
  application: defineAsyncComponent(() => import('../apply/CaseDetermination.vue')),
}
export function besideOf(machine: string): Component | null {
  return PANELS[machine] ?? null
}
