// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const SAID = {
  title: { zh: '登录', en: 'Sign in' },
  staff: { zh: '工作人员登录', en: 'Staff' },
  name: { zh: '登录名', en: 'Name' },
  password: { zh: '密码', en: 'Password' },
  enter: { zh: '登录', en: 'Sign in' },
  ended: {
    zh: '登录已过期，请重新登录。刚才填写的内容没有提交。',
    en: 'Your session has ended. What you were writing was not sent.',
  },
  newPassword: { zh: '首次登录，请修改密码', en: 'First sign-in: choose a password of your own' },
  old: { zh: '原密码', en: 'The password until now' },
  new: { zh: '新密码（至少 12 位）', en: 'New password (12 characters at least)' },
  again: { zh: '再输入一次新密码', en: 'The new password once more' },
  differ: { zh: '两次输入的新密码不一致', en: 'The two new passwords differ' },
  change: { zh: '修改密码', en: 'Change the password' },
  changed: { zh: '密码已修改，请用新密码登录', en: 'The password was changed: sign in with it' },
  second: { zh: '第二步验证', en: 'Second step' },
  secondHint: {
    zh: '输入验证器上的 6 位数字，或一个备用码',
    en: 'The six digits of your device, or a recovery code',
  },
  code: { zh: '验证码', en: 'Code' },
  bind: { zh: '绑定验证器', en: 'Set up your device' },
  bindHint: {
    zh: '在手机验证器应用中添加下面的密钥，再输入它显示的 6 位数字。',
    en: 'Add this key to an authenticator on your phone, then enter the six digits that it shows.',
  },
  key: { zh: '密钥', en: 'Key' },
  recovery: {
    zh: '备用码只显示这一次，请抄下收好：',
    en: 'These recovery codes are shown this once: write them down.',
  },
  kept: { zh: '已抄下，进入系统', en: 'Written down: go on' },
  outside: { zh: '用{provider}登录', en: 'Sign in with {provider}' },
  citizen: { zh: '群众入口', en: 'For citizens' },
  byCode: { zh: '用窗口发的一次性代码登录', en: 'With the code that a window gave you' },
  codeHint: {
    zh: '代码由办事窗口在查验证件后发给您，半小时内用一次有效。',
    en: 'A window gives it to you after seeing your paper; it works once, for half an hour.',
  },
  check: { zh: '不登录，先看看我能申请什么', en: 'See what you may apply for, without signing in' },
  checking: { zh: '正在验证身份…', en: 'Checking who you are…' },
  refused: { zh: '没有登录成功', en: 'You were not signed in' },
  toSignIn: { zh: '回到登录页', en: 'Back to signing in' },
  account: { zh: '我的账号', en: 'My account' },
  roles: { zh: '角色', en: 'Roles' },
  unit: { zh: '单位', en: 'Office' },
  unbound: { zh: '还没有绑定验证器', en: 'No device is set up' },
  welcome: {
    zh: '您的角色在这里没有专门的页面，请从左侧栏目进入。',
    en: 'There is no first page for your role: choose a section at the left.',
  },
} satisfies Record<string, Words>
