// SPDX-License-Identifier: Apache-2.0
// How the phone's records are sealed: AES-256-GCM under a key of this round, which two things open together: the PIN
// that the officer chose (PBKDF2, many turns) and a key of this device that cannot be taken out of the browser.

export const PIN_TURNS = 600_000
const AES = 'AES-GCM'
const IV_BYTES = 12

/** A ciphertext with the number that was used once. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}
export interface Lock {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly turns: number
  readonly pinIv: Uint8Array<ArrayBuffer>
  readonly wrapped: Sealed
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text))
}
function once(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(IV_BYTES))
}

export function makeDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: AES, length: 256 }, false, ['encrypt', 'decrypt'])
}

async function keyOfPin(pin: string, salt: Uint8Array<ArrayBuffer>, turns: number): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: turns },
    secret,
    { name: AES, length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  )
}

/** Makes the round's key and locks it; `about` is what the lock vouches for. */
export async function makeLock(
  pin: string,
  device: CryptoKey,
  about: string,
  turns: number,
): Promise<{ lock: Lock; key: CryptoKey }> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const pinIv = once()
  const fresh = await crypto.subtle.generateKey({ name: AES, length: 256 }, true, ['encrypt', 'decrypt'])
  const byPin = await keyOfPin(pin, salt, turns)
  const inner = await crypto.subtle.wrapKey('raw', fresh, byPin, {
    name: AES,
    iv: pinIv,
    additionalData: utf8(about),
  })
  const lock = { salt, turns, pinIv, wrapped: await seal(device, about, inner) }
  const key = await openLock(lock, pin, device, about)
  if (key === null) throw new Error('a lock that was just made did not open')
  return { lock, key }
}

/**
 * The round's key, which nobody can take out; null: the PIN is another one. Throws where somebody changed the lock.
 */
export async function openLock(lock: Lock, pin: string, device: CryptoKey, about: string): Promise<CryptoKey | null> {
  const inner = await unseal(device, about, lock.wrapped)
  const byPin = await keyOfPin(pin, lock.salt, lock.turns)
  try {
    return await crypto.subtle.unwrapKey(
      'raw',
      inner,
      byPin,
      { name: AES, iv: lock.pinIv, additionalData: utf8(about) },
      AES,
      false,
      ['encrypt', 'decrypt'],
    )
  } catch {
    return null
  }
}

export async function seal(key: CryptoKey, about: string, content: BufferSource): Promise<Sealed> {
  const iv = once()
  return { iv, data: await crypto.subtle.encrypt({ name: AES, iv, additionalData: utf8(about) }, key, content) }
}

/** Throws where the content, its number or what it is about is another than was sealed. */
export function unseal(key: CryptoKey, about: string, sealed: Sealed): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt({ name: AES, iv: sealed.iv, additionalData: utf8(about) }, key, sealed.data)
}

export async function sealJson(key: CryptoKey, about: string, value: unknown): Promise<Sealed> {
  return seal(key, about, utf8(JSON.stringify(value)))
}
export async function unsealJson(key: CryptoKey, about: string, sealed: Sealed): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await unseal(key, about, sealed))) as unknown
}
