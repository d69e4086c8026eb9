// SPDX-License-Identifier: Apache-2.0
// How much room the window has: tables show fewer columns on a phone, and more on a wide screen.
import { onBeforeUnmount, ref, type Ref } from 'vue'

/** Whether a media query holds, while this component lives. */
export function useWindow(query: string): Ref<boolean> {
  const asked = window.matchMedia(query)
  const holds = ref(asked.matches)
  const take = () => (holds.value = asked.matches)
  asked.addEventListener('change', take)
  onBeforeUnmount(() => asked.removeEventListener('change', take))
  return holds
}

export function useNarrow(): Ref<boolean> {
  return useWindow('(max-width: 640px)')
}
