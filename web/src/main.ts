// SPDX-License-Identifier: Apache-2.0
import { createApp } from 'vue'
import App from './app/App.vue'
import { router } from './app/router'
import { keepLanguage } from './words/language'
import { keepPrint } from './app/print_size'
import './style/tokens.css'
import './style/base.css'
import './style/parts.css'
import './style/paper.css'

keepLanguage()
keepPrint()
createApp(App).use(router).mount('#app')
