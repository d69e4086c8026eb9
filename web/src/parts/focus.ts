// SPDX-License-Identifier: Apache-2.0
// Where the keyboard stands: behind a dialog it goes back to what opened it, nothing that vanishes leaves it at the top
// of the page, and what was sent and refused brings it to the first fault.
import { onBeforeUnmount, onMounted, onUnmounted, shallowRef, type Ref } from 'vue'

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

/** The dialogs that stand open, the innermost last: what lies below it is neither seen nor heard. */
export const dialogs = shallowRef<readonly HTMLDialogElement[]>([])

/** A dialog that goes, however it goes, gives the focus back to what had it when it came. */
export function useOpener(dialog: Readonly<Ref<HTMLDialogElement | null>>): void {
  const opener = document.activeElement
  let own: HTMLDialogElement | null = null
  onMounted(() => {
    own = dialog.value
    if (own) dialogs.value = [...dialogs.value, own]
  })
  // One that is taken out of the page while it is open would keep what is below it inert.
  onBeforeUnmount(() => dialog.value?.open && dialog.value.close())
  onUnmounted(() => {
    dialogs.value = dialogs.value.filter((one) => one !== own)
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

const FAULTS = '[aria-invalid="true"], .fault, .note.bad, .note.warn[role="alert"]'
const WAITS_MS = 30_000 // for an answer; whoever goes on meanwhile is left alone

/** To the control that a fault speaks of, else to its words, unless somebody stands in a field already; false: there is
 *  none. */
function takeFault(of: Element, known: ReadonlySet<Element>): boolean {
  const fault = [...of.querySelectorAll<HTMLElement>(FAULTS)].find((one) => !known.has(one))
  if (!fault) return false
  const controls = 'input, select, textarea'
  const active = document.activeElement
  const control = fault.matches(controls)
    ? fault
    : fault.closest('.field, fieldset')?.querySelector<HTMLElement>(controls)
  if (!take(control) && !(active?.matches(controls) && of.contains(active))) {
    fault.tabIndex = -1
    take(fault)
  }
  fault.scrollIntoView?.({ block: 'nearest' })
  return true
}

/**
 * Of every form: where what was sent is refused, at once or by the server, the keyboard goes to the first fault of it.
 * What the browser itself finds (a required field) never is sent, and it goes there by itself.
 */
export function toFirstFault(): () => void {
  let end = (): void => undefined
  const onSubmit = (event: Event) => {
    end()
    const form = event.target as HTMLElement
    const near = form.closest('dialog') ?? form
    const wide = form.closest('dialog') ?? form.closest('section, main') ?? form
    const root = () => (wide.isConnected ? wide : (document.querySelector('main') ?? document.body))
    let known: ReadonlySet<Element> | null = null
    const watcher = new MutationObserver(() => known && takeFault(root(), known) && end())
    const atOnce = setTimeout(() => {
      if (near.isConnected && takeFault(near, new Set())) return end()
      known = new Set(document.querySelectorAll(FAULTS))
    })
    const waits = setTimeout(() => end(), WAITS_MS)
    const attributes = { attributes: true, attributeFilter: ['aria-invalid'] }
    watcher.observe(document.body, { childList: true, subtree: true, ...attributes })
    const goesOn = ['input', 'pointerdown'] as const
    const left = () => end()
    for (const one of goesOn) document.addEventListener(one, left)
    end = () => {
      watcher.disconnect()
      clearTimeout(atOnce)
      clearTimeout(waits)
      for (const one of goesOn) document.removeEventListener(one, left)
      end = () => undefined
    }
  }
  document.addEventListener('submit', onSubmit)
  return () => {
    end()
    document.removeEventListener('submit', onSubmit)
  }
}
