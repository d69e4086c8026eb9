// SPDX-License-Identifier: Apache-2.0
// Words of the register, which every office writes in Chinese (与户主关系 after GB/T 4761, 性别), as an English reader reads
// them. A word that is not known here stays as it was written: nothing is guessed.
import { language } from './language'

const ENGLISH: Readonly<Record<string, string>> = {
  男: 'male',
  女性: 'female',
  男性: 'male',
  户主: 'head',
  本人: 'head',
  配偶: 'spouse',
  夫: 'husband',
  丈夫: 'husband',
  妻: 'wife',
  妻子: 'wife',
  子: 'son',
  儿子: 'son',
  独生子: 'only son',
  长子: 'eldest son',
  次子: 'second son',
  三子: 'third son',
  养子: 'adopted son',
  继子: 'stepson',
  女婿: 'son-in-law',
  女儿: 'daughter',
  独生女: 'only daughter',
  长女: 'eldest daughter',
  次女: 'second daughter',
  三女: 'third daughter',
  养女: 'adopted daughter',
  继女: 'stepdaughter',
  儿媳: 'daughter-in-law',
  孙子: 'grandson',
  孙女: 'granddaughter',
  外孙子: 'grandson',
  外孙: 'grandson',
  外孙女: 'granddaughter',
  孙媳: 'grandson’s wife',
  曾孙子: 'great-grandson',
  曾孙女: 'great-granddaughter',
  父母: 'parent',
  父亲: 'father',
  父: 'father',
  母亲: 'mother',
  母: 'mother',
  继父: 'stepfather',
  继母: 'stepmother',
  养父: 'adoptive father',
  养母: 'adoptive mother',
  公公: 'husband’s father',
  婆婆: 'husband’s mother',
  岳父: 'wife’s father',
  岳母: 'wife’s mother',
  祖父: 'grandfather',
  祖母: 'grandmother',
  外祖父: 'grandfather',
  外祖母: 'grandmother',
  兄: 'elder brother',
  哥哥: 'elder brother',
  弟: 'younger brother',
  弟弟: 'younger brother',
  姐: 'elder sister',
  姐姐: 'elder sister',
  妹: 'younger sister',
  妹妹: 'younger sister',
  嫂: 'elder brother’s wife',
  弟媳: 'younger brother’s wife',
  侄子: 'nephew',
  侄女: 'niece',
  外甥: 'nephew',
  外甥女: 'niece',
  其他亲属: 'other relative',
  其他: 'other',
  非亲属: 'no relative',
}
/** 之子, 之女: the same relation, as permanent-resident registers write it. */
const OF = /^之/

/** With whom of the household somebody stands how. 女 is a daughter here. */
export function relationTold(word: string): string {
  if (language.value === 'zh') return word
  const plain = word.trim().replace(OF, '')
  return plain === '女' ? 'daughter' : (ENGLISH[plain] ?? word)
}
export function sexTold(word: string): string {
  if (language.value === 'zh') return word
  return word.trim() === '女' ? 'female' : (ENGLISH[word.trim()] ?? word)
}
