// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../../words/language'

export const SAID = {
  title: { zh: '登录', en: 'Sign in' },
  staff: { zh: '工作人员登录', en: 'Staff sign-in' },
  name: { zh: '登录名', en: 'Sign-in name' },
  password: { zh: '密码', en: 'Password' },
  enter: { zh: '登录', en: 'Sign in' },
  ended: {
    zh: '登录已过期，请重新登录。刚才填写的内容没有提交。',
    en: 'Your session has expired, please sign in again. What you were writing was not submitted.',
  },
  newPassword: { zh: '首次登录，请修改密码', en: 'First sign-in: please change your password' },
  old: { zh: '原密码', en: 'Current password' },
  new: { zh: '新密码（至少 12 位）', en: 'New password (at least 12 characters)' },
  again: { zh: '再输入一次新密码', en: 'Repeat new password' },
  differ: { zh: '两次输入的新密码不一致', en: 'The two new passwords do not match' },
  change: { zh: '修改密码', en: 'Change password' },
  changed: { zh: '密码已修改，请用新密码登录', en: 'Password changed: sign in with the new password' },
  second: { zh: '第二步验证', en: 'Second-step verification' },
  secondHint: {
    zh: '输入验证器上的 6 位数字，或一个备用码',
    en: 'Enter the 6 digits from your authenticator, or a recovery code',
  },
  code: { zh: '验证码', en: 'Code' },
  bind: { zh: '绑定验证器', en: 'Set up authenticator' },
  bindHint: {
    zh: '在手机验证器应用中添加下面的密钥，再输入它显示的 6 位数字。',
    en: 'Add the key below to an authenticator app on your phone, then enter the 6 digits it shows.',
  },
  key: { zh: '密钥', en: 'Key' },
  recovery: {
    zh: '备用码只显示这一次，请抄下收好：',
    en: 'Recovery codes are shown only once; write them down and keep them safe:',
  },
  kept: { zh: '已抄下，进入系统', en: 'Written down, continue' },
  outside: { zh: '用{provider}登录', en: 'Sign in with {provider}' },
  citizen: { zh: '群众入口', en: 'For citizens' },
  byCode: { zh: '用窗口发的一次性代码登录', en: 'Sign in with a one-time code from a service window' },
  codeHint: {
    zh: '代码由办事窗口在查验证件后发给您，半小时内用一次有效。',
    en: 'A service window issues it after checking your identity document; it can be used once within half an hour.',
  },
  check: { zh: '不登录，先看看我能申请什么', en: 'See what you may apply for, without signing in' },
  checking: { zh: '正在验证身份…', en: 'Verifying identity…' },
  refused: { zh: '登录失败', en: 'Sign-in failed' },
  noAnswer: {
    zh: '没有收到统一身份认证返回的登录信息，请回到登录页重新登录。',
    en: 'The identity provider returned nothing to sign in with. Please go back and sign in again.',
  },
  toSignIn: { zh: '回到登录页', en: 'Back to sign-in' },
  account: { zh: '我的账号', en: 'My account' },
  roles: { zh: '角色', en: 'Roles' },
  unit: { zh: '单位', en: 'Office' },
  unbound: { zh: '还没有绑定验证器', en: 'No authenticator set up' },
  welcome: {
    zh: '您的角色没有专门的首页，请从栏目中选择要办的事。',
    en: 'Your role has no home page; choose from the menu.',
  },
} satisfies Record<string, Words>
