// SPDX-License-Identifier: Apache-2.0
// What stands beside the events of some kinds of case: a panel of another room, read when it is needed.
import { defineAsyncComponent, type Component } from 'vue'

const PANELS: Readonly<Record<string, Component>> = {
  application: defineAsyncComponent(() => import('../apply/CaseDetermination.vue')),
  order: defineAsyncComponent(() => import('../orders/OrderVisits.vue')),
  conference: defineAsyncComponent(() => import('../boards/ConferencePanel.vue')),
  campaign: defineAsyncComponent(() => import('../boards/CampaignPanel.vue')),
}
export function besideOf(machine: string): Component | null {
  return PANELS[machine] ?? null
}
