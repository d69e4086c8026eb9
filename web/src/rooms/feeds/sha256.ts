// SPDX-License-Identifier: Apache-2.0
// SHA-256 piece by piece: a file of gigabytes is never in memory as a whole, which the browser's own digest wants.
const ROUNDS = 64
const BLOCK = 64

/** The first 32 bits of the fractional parts of roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
function fractions(root: (prime: number) => number, count: number): Uint32Array {
  const found: number[] = []
  for (let n = 2; found.length < count; n += 1) {
    let prime = true
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false
    if (prime) found.push(((root(n) % 1) * 0x1_0000_0000) >>> 0)
  }
  return Uint32Array.from(found)
}
const K = fractions(Math.cbrt, ROUNDS)
const START = fractions(Math.sqrt, 8)

export class Sha256 {
  private readonly state = Uint32Array.from(START)
  private readonly words = new Uint32Array(ROUNDS)
  private readonly rest = new Uint8Array(BLOCK)
  private held = 0
  private length = 0

  add(bytes: Uint8Array): void {
    this.length += bytes.length
    let at = 0
    while (at < bytes.length) {
      if (this.held === 0 && bytes.length - at >= BLOCK) {
        this.take(bytes, at)
        at += BLOCK
        continue
      }
      const part = bytes.subarray(at, at + BLOCK - this.held)
      this.rest.set(part, this.held)
      this.held += part.length
      at += part.length
      if (this.held === BLOCK) {
        this.take(this.rest, 0)
        this.held = 0
      }
    }
  }

  /** The hash in hexadecimal digits; nothing is added after it. */
  end(): string {
    const bits = this.length * 8
    const padding = new Uint8Array((this.held < 56 ? 56 : 120) - this.held + 8)
    padding[0] = 0x80
    const view = new DataView(padding.buffer)
    view.setUint32(padding.length - 8, Math.floor(bits / 0x1_0000_0000))
    view.setUint32(padding.length - 4, bits >>> 0)
    this.add(padding)
    return Array.from(this.state, (word) => word.toString(16).padStart(8, '0')).join('')
  }

  private take(from: Uint8Array, at: number): void {
    const w = this.words
    const view = new DataView(from.buffer, from.byteOffset + at, BLOCK)
    for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(i * 4)
    for (let i = 16; i < ROUNDS; i += 1) {
      const a = word(w, i - 15)
      const b = word(w, i - 2)
      const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)
      const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10)
      w[i] = word(w, i - 16) + s0 + word(w, i - 7) + s1
    }
    this.mix(w)
  }

  private mix(w: Uint32Array): void {
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = this.state
    for (let i = 0; i < ROUNDS; i += 1) {
      const one = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
      const t1 = (h + one + ((e & f) ^ (~e & g)) + word(K, i) + word(w, i)) | 0
      const two = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
      const t2 = (two + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    const mixed = [a, b, c, d, e, f, g, h]
    mixed.forEach((value, i) => (this.state[i] = word(this.state, i) + value))
  }
}

function word(words: Uint32Array, at: number): number {
  return words[at] ?? 0
}
function turn(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by))
}

const PIECE = 4 << 20
/** The hash of a file; `read` is told how many bytes were read. Stops early where it says so. */
export async function hashOf(file: Blob, read: (bytes: number) => boolean = () => true): Promise<string | null> {
  const hash = new Sha256()
  for (let at = 0; at < file.size; at += PIECE) {
    hash.add(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()))
    if (!read(Math.min(file.size, at + PIECE))) return null
  }
  return hash.end()
}
