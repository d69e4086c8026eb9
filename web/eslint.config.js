// SPDX-License-Identifier: Apache-2.0
import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import access from 'eslint-plugin-vuejs-accessibility'
import ts from 'typescript-eslint'

const BROWSER = [
  'window',
  'document',
  'location',
  'navigator',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'crypto',
  'fetch',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'console',
  'URL',
  'Blob',
  'File',
  'EventSource',
  'process',
  'self',
  'caches',
]

// Younger than the oldest browsers that are promised (docs/web.md): Chrome and Edge 88, Firefox 98, Safari 15.4. The
// bundler makes old syntax of new, and leaves calls as they are.
const YOUNG_CALLS = ['findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'randomUUID', 'hasOwn']
const YOUNG_NAMES = ['structuredClone', 'CompressionStream', 'DecompressionStream', 'reportError', 'scheduler']
const TOO_YOUNG = [
  {
    selector: [
      'CallExpression[callee.property.name="at"]',
      ':matches([arguments.0.type="UnaryExpression"], [arguments.0.raw=/^[0-9]/])',
    ].join(''),
    message: 'at() is younger than the promised browsers: lastOf() of parts/last, or an index.',
  },
  ...YOUNG_CALLS.map((name) => ({
    selector: `CallExpression[callee.property.name="${name}"]`,
    message: `${name}() is younger than the promised browsers.`,
  })),
]

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/api/schema.d.ts', 'shots/**'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  ...access.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.vue'] },
      globals: Object.fromEntries(BROWSER.map((name) => [name, 'readonly'])),
    },
    rules: {
      'no-undef': 'off', // the type check knows better
      'no-restricted-syntax': ['error', ...TOO_YOUNG],
      'vue/no-restricted-syntax': ['error', ...TOO_YOUNG],
      'no-restricted-globals': ['error', ...YOUNG_NAMES],
      '@typescript-eslint/no-explicit-any': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/html-self-closing': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/require-default-prop': 'off',
      'vue/attributes-order': 'off',
      'vue/no-v-html': 'error',
      'max-len': ['error', { code: 120 }],
      'vue/max-len': ['error', { code: 120, template: 120 }],
      // A label beside its control is as good as one around it.
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // Rows of a table are reached by arrows; one of them is in the order of Tab by a bound tabindex, which rules do not
    // see. Where files are dropped, a file input does the same for the keyboard.
    files: ['src/parts/VirtualTable.vue', 'src/parts/FileDrop.vue'],
    rules: {
      'vuejs-accessibility/no-static-element-interactions': 'off',
      'vuejs-accessibility/click-events-have-key-events': 'off',
      'vuejs-accessibility/interactive-supports-focus': 'off',
    },
  },
  {
    // These run in node.
    files: ['e2e/**', 'tools/**', '**/*.mjs', '**/*.test.ts', '*.ts'],
    rules: { 'no-restricted-syntax': 'off', 'no-restricted-globals': 'off' },
  },
  { files: ['**/*.mjs', 'e2e/**'], languageOptions: { globals: { process: 'readonly', console: 'readonly' } } },
)
