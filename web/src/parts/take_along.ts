// SPDX-License-Identifier: Apache-2.0
/** A file that was made in the browser, as if it had been asked for. */
export function takeAlong(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
