// SPDX-License-Identifier: Apache-2.0
// While many things are made one after the other from this page, the browser asks before the page is left: what was
// made stays, and what was not is made with the same keys when it is sent again.
import { onBeforeUnmount, onMounted } from 'vue'

export function useStayWhile(isBusy: () => boolean): void {
  function ask(event: BeforeUnloadEvent): void {
    if (isBusy()) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', ask))
  onBeforeUnmount(() => window.removeEventListener('beforeunload', ask))
}
