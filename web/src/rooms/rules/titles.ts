// SPDX-License-Identifier: Apache-2.0
// Titles of packs and of the figures of a pack, by their names.
import { api, told } from '../../api/client'
import { language, say } from '../../words/language'
import { titleOf, type Element } from './elements'

export interface Titles {
  readonly parameters: readonly Element[]
  readonly of: (id: string) => string
}

/** The figures that a pack leaves open: a twentieth of all that it states. */
export async function readParameters(id: string): Promise<readonly Element[]> {
  const params = { path: { id }, query: { section: 'parameters' } }
  return (await told(api.GET('/api/v1/packs/{id}/elements', { params }))).items
}

export async function readTitles(): Promise<Titles> {
  const parameters = await readParameters((await told(api.GET('/api/v1/figures'))).pack)
  const packs = (await told(api.GET('/api/v1/packs'))).items
  return {
    parameters,
    of(id) {
      const pack = packs.find((one) => one.id === id)
      const parameter = parameters.find((one) => one.id === id)
      return pack ? say(pack.title) : parameter ? titleOf(parameter, language.value) : id
    },
  }
}
