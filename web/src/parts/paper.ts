// SPDX-License-Identifier: Apache-2.0
// What goes to paper: a list whole, or saying what it lacks; of a drawer that is open, the drawer.
import { computed, nextTick, onBeforeUnmount, onMounted, ref, shallowReactive } from 'vue'
import { readOn, type Behind } from '../api/list'

/** More rows than these are for a spreadsheet. */
export const MOST_PRINTED = 2000

const lists = shallowReactive(new Set<() => Behind | undefined>())
const tables = shallowReactive(new Set<symbol>())
/** Whether there is a table on the screen of which only the first rows were read. */
export const hasTables = computed(() => tables.size > 0)
export const printedAt = ref('')

/** As long as it stands, this list is read whole before it is printed. */
export function useWholeOnPaper(list: () => Behind | undefined, isTable: boolean): void {
  const mine = Symbol('table')
  onMounted(() => {
    lists.add(list)
    if (isTable && list()) tables.add(mine)
  })
  onBeforeUnmount(() => {
    lists.delete(list)
    tables.delete(mine)
  })
}

/** Reads what is behind the rows of this screen, as far as paper takes it. */
export async function readWhole(most = MOST_PRINTED): Promise<void> {
  const all = [...lists].map((list) => list()).filter((list) => list !== undefined)
  await Promise.all(all.map((list) => readOn(list, most)))
}
export async function printWhole(): Promise<void> {
  await readWhole()
  await nextTick()
  window.print()
}

const SHEET = 'paper-sheet'
/** A drawer lies above the page: what it shows is laid on a sheet of its own. */
function layOut(): void {
  const drawers = document.querySelectorAll('dialog.drawer[open]')
  const drawer = drawers[drawers.length - 1]
  if (!drawer) return
  const sheet = document.createElement('div')
  sheet.className = SHEET
  const head = document.querySelector('.paper-head')
  const told = Array.from(drawer.children).filter((part) => !part.classList.contains('foot'))
  for (const part of [head, ...told]) if (part) sheet.append(part.cloneNode(true))
  document.body.append(sheet)
  document.documentElement.classList.add('prints-sheet')
}
function clear(): void {
  document.documentElement.classList.remove('prints-sheet')
  for (const sheet of Array.from(document.querySelectorAll(`.${SHEET}`))) sheet.remove()
}

/** The browser's own way to print (Ctrl+P) takes the whole list as well; its menu takes what was read, and says so. */
export function keepPaper(now: () => string): void {
  document.addEventListener('keydown', (event) => {
    if (event.key.toLowerCase() !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    if (![...lists].some((list) => list()?.more.value)) return
    event.preventDefault()
    void printWhole()
  })
  window.addEventListener('beforeprint', () => {
    printedAt.value = now()
    clear()
    // A long table lies across.
    document.documentElement.classList.toggle('prints-wide', document.querySelector('main [role="grid"]') !== null)
    void nextTick(layOut)
  })
  window.addEventListener('afterprint', clear)
}
