// SPDX-License-Identifier: Apache-2.0
// Files that were dropped, folders opened to their last level.

/** Files that no office sends: what systems leave in folders. */
export function isLeftover(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~$') || /^(thumbs\.db|desktop\.ini)$/i.test(name)
}

export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  const entries = Array.from(transfer.items)
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null)
  if (entries.length === 0) return Array.from(transfer.files)
  return (await Promise.all(entries.map(open))).flat()
}

async function open(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((done, failed) => (entry as FileSystemFileEntry).file(done, failed))]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: FileSystemEntry[] = []
  // A reader gives a part at a time, until it gives none.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((done, failed) => reader.readEntries(done, failed))
    if (part.length === 0) break
    found.push(...part)
  }
  return (await Promise.all(found.map(open))).flat()
}
