// SPDX-License-Identifier: Apache-2.0
// What of a long table is in view: how high a row is, how far it is scrolled, and whether it goes to paper.
import { computed, onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'

const BESIDE = 6 // rows kept above and below the view
const LINE = 1.75 // em, of a line of a card
const CARD_EDGE = 20 // px, above and below its lines together

export function useTableView(box: Readonly<Ref<HTMLElement | null>>, count: () => number, cardLines: () => number) {
  const rowHeight = ref(44)
  const top = ref(0)
  const height = ref(600)
  /** On paper every row that was read stands in the page. */
  const printing = ref(false)
  const first = computed(() => (printing.value ? 0 : Math.max(0, Math.floor(top.value / rowHeight.value) - BESIDE)))
  const last = computed(() =>
    printing.value ? count() : Math.min(count(), Math.ceil((top.value + height.value) / rowHeight.value) + BESIDE),
  )

  function measure(): void {
    if (!box.value) return
    height.value = box.value.clientHeight
    const root = getComputedStyle(document.documentElement)
    const told = (name: string) => parseFloat(root.getPropertyValue(name))
    const card = Math.round(cardLines() * LINE * (told('--fs') || 16)) + CARD_EDGE
    rowHeight.value = cardLines() > 0 ? card : told('--row') || 44
  }

  const watcher = new ResizeObserver(measure)
  const toPaper = () => (printing.value = true)
  const fromPaper = () => (printing.value = false)
  onMounted(() => {
    measure()
    if (box.value) watcher.observe(box.value)
    box.value?.addEventListener('mouseover', tellWhole)
    window.addEventListener('beforeprint', toPaper)
    window.addEventListener('afterprint', fromPaper)
  })
  onBeforeUnmount(() => {
    watcher.disconnect()
    window.removeEventListener('beforeprint', toPaper)
    window.removeEventListener('afterprint', fromPaper)
  })
  watch(cardLines, measure)
  return { rowHeight, top, height, printing, first, last }
}

/** To which row a key goes. */
export function stepOf(key: string, index: number, page: number, rows: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: rows - 1,
  }
  return steps[key]
}

/** What a row holds that can be pressed, followed or ticked, in its order. */
export function controlsIn(row: HTMLElement): readonly HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea')].filter(
    (one) => !one.hasAttribute('disabled'),
  )
}
/** Whether it needs the arrows for itself: where something is written or chosen. */
export function takesArrows(element: EventTarget | null): boolean {
  if (element instanceof HTMLInputElement) return !['checkbox', 'button'].includes(element.type)
  return element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement
}

/** What is cut at the end of its cell is told whole to whoever points at it. */
function tellWhole(event: MouseEvent): void {
  const cell = (event.target as HTMLElement).closest<HTMLElement>('.cell')
  if (!cell) return
  const text = cell.querySelector('.two-lines')
  const isCut = cell.scrollWidth > cell.clientWidth || (text !== null && text.scrollHeight > text.clientHeight + 1)
  cell.title = isCut ? cell.innerText.replace(/\s+/g, ' ') : ''
}
