// SPDX-License-Identifier: Apache-2.0
// Titles of packs and of the figures of the pack in force, by their names.
import { api, told } from '../../api/client'
import { language, say } from '../../words/language'
import { titleOf, type Element } from './elements'

export interface Titles {
  readonly parameters: readonly Element[]
  readonly of: (id: string) => string
}

export async function readTitles(): Promise<Titles> {
  const path = { id: (await told(api.GET('/api/v1/figures'))).pack }
  const elements = (await told(api.GET('/api/v1/packs/{id}/elements', { params: { path } }))).items
  const parameters = elements.filter((one) => one.section === 'parameters')
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
