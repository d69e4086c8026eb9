// SPDX-License-Identifier: Apache-2.0
// All screens: each room under rooms/ tells its own in places.ts. The side shows them by their order.
import type { Place } from './places'

const rooms = import.meta.glob<{ PLACES: readonly Place[] }>('../rooms/*/places.ts', { eager: true })

export const PLACES: readonly Place[] = Object.values(rooms)
  .flatMap((room) => room.PLACES)
  .sort((one, other) => (one.order ?? Infinity) - (other.order ?? Infinity))
