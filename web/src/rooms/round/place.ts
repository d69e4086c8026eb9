// SPDX-License-Identifier: Apache-2.0
// Where and when a knock was, in words of the record. The place is asked of the device only when the officer wants it.

export interface Spot {
  readonly latitude: number
  readonly longitude: number
  readonly metres: number
}
const DIGITS = 5 // about a metre
const WAITS_MS = 15_000

/** Null: the officer or the device did not give it. */
export function askPlace(): Promise<Spot | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null)
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ latitude: coords.latitude, longitude: coords.longitude, metres: Math.round(coords.accuracy) }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: WAITS_MS, maximumAge: 0 },
    )
  })
}

/** As it stands in the record: the office reads Chinese, whoever wrote it. */
export function placeTold(spot: Spot): string {
  return `位置 ${spot.latitude.toFixed(DIGITS)}, ${spot.longitude.toFixed(DIGITS)}（误差约 ${spot.metres} 米）`
}
export function timeTold(at: Date): string {
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `到户时间 ${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}
export function signedTold(name: string): string {
  return `签名：${name}（纸质签名，存档）`
}
