import { everyText } from '../widget/src/locales/every.ts';
import { code, table } from './derived.ts';

export const textsPath = 'docs/texts.md';

const cell = (text = ''): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Every text of the interface that a page may word anew. */
export const textsPage = (): string => {
  const [en, zhCN] = [everyText('en'), everyText('zh-CN')];
  const rows = Object.keys(en)
    .sort()
    .map((name) => [code(name), cell(en[name]), cell(zhCN[name])]);
  return `# Texts of the interface

Derived from \`widget/src/locales\` by \`npm run docs\`; do not edit. A page replaces them with \`ui.texts\`, see
[white label](white-label.md). A name in braces is a placeholder; your text may leave it out.

${table(['name', 'English', 'Chinese'], rows)}
`;
};
