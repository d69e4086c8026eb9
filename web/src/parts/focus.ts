// SPDX-License-Identifier: Apache-2.0
// Where the keyboard stands: behind a dialog it goes back to what opened it, and nothing that vanishes leaves it at the
// top of the page.
import { onBeforeUnmount, onUnmounted, type Ref } from 'vue'

/** Takes the focus where it may; false where it may not (gone, disabled, behind an open dialog). */
function take(element: Element | null | undefined): boolean {
  if (!(element instanceof HTMLElement) || !element.isConnected) return false
  element.focus({ preventScroll: true })
  return document.activeElement === element
}

/** The innermost open dialog, else what the page is about. */
function land(): void {
  const dialogs = document.querySelectorAll('dialog[open]')
  const dialog = dialogs[dialogs.length - 1]
  if (dialog && take(dialog.querySelector('[tabindex="-1"], input, select, textarea, button'))) return
  const main = document.querySelector('main')
  if (main && !main.hasAttribute('tabindex')) main.tabIndex = -1
  take(main)
}
const isLost = () => document.activeElement === null || document.activeElement === document.body

/** A dialog that goes, however it goes, gives the focus back to what had it when it came. */
export function useOpener(dialog: Readonly<Ref<HTMLDialogElement | null>>): void {
  const opener = document.activeElement
  // One that is taken out of the page while it is open would keep what is below it inert.
  onBeforeUnmount(() => dialog.value?.open && dialog.value.close())
  onUnmounted(() => {
    if (!take(opener) && isLost()) land()
  })
}

/** What had the focus and is gone leaves it to what the page is about: nobody begins again at the skip link. */
export function keepFocus(): () => void {
  let last: Element | null = null
  const onFocus = (event: FocusEvent) => (last = event.target as Element)
  const watcher = new MutationObserver(() => {
    if (last === null || last.isConnected || !isLost()) return
    // Whoever redraws may take the focus itself, right after.
    setTimeout(() => {
      if (last !== null && !last.isConnected && isLost()) land()
    })
  })
  document.addEventListener('focusin', onFocus)
  watcher.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener('focusin', onFocus)
    watcher.disconnect()
  }
}
