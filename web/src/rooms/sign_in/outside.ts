// SPDX-License-Identifier: Apache-2.0
// To a provider of identities and away from here; it sends the browser back to OutsideReturn.
import { api, told } from '../../api/client'

export async function goOutside(provider: string): Promise<void> {
  const params = { path: { provider } }
  const way = await told(api.POST('/api/v1/session/outside/{provider}', { params, body: {} }))
  location.assign(way.url)
}
