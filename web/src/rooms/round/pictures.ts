// SPDX-License-Identifier: Apache-2.0
// Photographs made small enough to be sent. Drawn anew, they carry no place, no time and no name of the camera.

export const MOST_BYTES = 4 * 1024 * 1024 - 1024
const LONGEST_SIDE = 2000
const LEAST_SIDE = 480
const QUALITY = 0.82
const SHRINK = 0.75

/** Width and height within `longest`, in proportion. */
export function fitted(width: number, height: number, longest: number): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

export class NoPicture extends Error {}

async function drawn(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new NoPicture()
  }
}

export function blobOf(canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new NoPicture())), type, quality)
  })
}

/** A JPEG of less than 4 MB. */
export async function smallJpeg(file: Blob): Promise<Blob> {
  const image = await drawn(file)
  try {
    for (let longest = LONGEST_SIDE; longest >= LEAST_SIDE; longest *= SHRINK) {
      const size = fitted(image.width, image.height, longest)
      const canvas = document.createElement('canvas')
      canvas.width = size.width
      canvas.height = size.height
      const paper = canvas.getContext('2d')
      if (!paper) throw new NoPicture()
      paper.fillStyle = '#fff'
      paper.fillRect(0, 0, size.width, size.height)
      paper.drawImage(image, 0, 0, size.width, size.height)
      const blob = await blobOf(canvas, 'image/jpeg', QUALITY)
      if (blob.size <= MOST_BYTES) return blob
    }
  } finally {
    image.close()
  }
  throw new NoPicture()
}
