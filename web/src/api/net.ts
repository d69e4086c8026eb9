// SPDX-License-Identifier: Apache-2.0
// Whether the server is reached: as the browser knows, and as the last answer showed. What could not be read while it
// was not is read by itself when it is again.
import { getCurrentScope, onScopeDispose, ref } from 'vue'

export const reached = ref(navigator.onLine)
const waiting = new Set<() => void>()
const AGAIN_MS = 10_000
let trying: ReturnType<typeof setInterval> | undefined

/** An answer came, whatever it says; or none came. */
export function tellReached(now: boolean): void {
  if (now === reached.value) return
  reached.value = now
  clearInterval(trying)
  if (now) for (const then of [...waiting]) then()
  else trying = setInterval(tryAgain, AGAIN_MS)
}
/** Where the network holds and the server was away, nothing but a try tells that it is back. */
function tryAgain(): void {
  fetch('/healthz', { cache: 'no-store' }).then(
    (answer) => tellReached(answer.ok),
    () => undefined,
  )
}

/** Called each time the server is reached again, while the screen that asks stands. */
export function whenBack(then: () => void): void {
  if (!getCurrentScope()) return
  waiting.add(then)
  onScopeDispose(() => waiting.delete(then))
}

window.addEventListener('offline', () => tellReached(false))
window.addEventListener('online', () => tellReached(true))
