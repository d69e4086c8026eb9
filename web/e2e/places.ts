// SPDX-License-Identifier: Apache-2.0
// All places of the app, as the app itself knows them, and who may open which.
import { Browser } from './browser.ts'

export interface Place {
  readonly path: string
  readonly rights: readonly string[] | null
  readonly roles: readonly string[] | null
  readonly open: boolean
}
export interface Reader {
  readonly kind?: string
  readonly rights: readonly string[]
  readonly roles: readonly { readonly id: string }[]
}

interface Routes {
  readonly getRoutes: () => readonly {
    readonly meta: { readonly place?: Partial<Place> & { readonly path: string } }
  }[]
}
type Mounted = Element & {
  readonly __vue_app__?: { readonly config: { readonly globalProperties: { readonly $router: Routes } } }
}

export async function readPlaces(base: string): Promise<readonly Place[]> {
  const browser = await Browser.open(base)
  try {
    await browser.go('/sign-in')
    const places = await browser.page.evaluate(() => {
      const router = (document.querySelector('#app') as Mounted | null)?.__vue_app__?.config.globalProperties.$router
      return (router?.getRoutes() ?? []).flatMap(({ meta: { place } }) =>
        place
          ? [
              {
                path: place.path,
                rights: place.rights ?? null,
                roles: place.roles ?? null,
                open: place.open ?? false,
              },
            ]
          : [],
      )
    })
    if (places.length < 50) throw new Error(`the app tells of ${places.length} places alone`)
    return places
  } finally {
    await browser.close()
  }
}

/** As the router decides it. */
export function openTo(place: Place, reader: Reader): boolean {
  if (reader.kind === 'citizen' && !place.roles?.includes('citizen')) return false
  const right = place.rights === null || place.rights.some((one) => reader.rights.includes(one))
  return right && (place.roles === null || reader.roles.some((role) => place.roles?.includes(role.id)))
}
