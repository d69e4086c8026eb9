// SPDX-License-Identifier: Apache-2.0
// Whether the window is as narrow as a phone's: tables then show fewer columns.
import { onBeforeUnmount, ref, type Ref } from 'vue'

export function useNarrow(): Ref<boolean> {
  const asked = window.matchMedia('(max-width: 640px)')
  const narrow = ref(asked.matches)
  const take = () => (narrow.value = asked.matches)
  asked.addEventListener('change', take)
  onBeforeUnmount(() => asked.removeEventListener('change', take))
  return narrow
}
