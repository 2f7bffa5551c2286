import { useEffect, useRef } from 'preact/hooks';
import type { TextKey } from '../../view/i18n.ts';
import { useText } from '../text.ts';
import styles from './Emoji.module.css';

const groups: readonly (readonly [TextKey, string])[] = [
  [
    'emoji.faces',
    '😀 😃 😄 😁 😅 😂 🤣 🙂 😉 😊 😇 🥰 😍 🤩 😘 😋 😜 🤪 🤗 🤭 🤫 🤔 🤐 😐 😏 🙄 😬 😌 😴 🤒 🤧 🥵 🥶 🤯 🥳 😎 🤓 🧐 😕 😟 😮 😲 😳 🥺 😢 😭 😱 😖 😞 😓 😩 🥱 😤 😠 🤬',
  ],
  ['emoji.people', '👍 👎 👌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ ✋ 🖐️ 👋 👏 🙌 👐 🤝 🙏 ✍️ 💪 👀 🧠 🙋 🤷 🤦 🙇 💁 🧑‍💻 🏃 💃'],
  ['emoji.signs', '❤️ 🧡 💛 💚 💙 💜 🖤 💔 💯 ✅ ❌ ❓ ❗ ⚠️ ⛔ ➕ ➖ ➡️ ⬅️ ⬆️ ⬇️ 🔁 🔴 🟢 🟡 🔥 ✨ ⭐ 💡 💬 🔔 🔒 📌 🔗'],
  [
    'emoji.things',
    '🎉 🎂 🎁 🏆 🥇 🚀 ⏰ ⏳ 📅 📈 📉 📊 📝 📎 📄 📁 ✂️ 🔍 💻 📱 📷 🎥 🎤 🎧 🐛 🛠️ ⚙️ 💰 ☕ 🍵 🍺 🍕 🍜 🌞 🌧️ ❄️ 🌈 🐶 🐱 🌸 🏠 🚗 ✈️',
  ],
];

/** Emoji to choose from. Arrow keys lead from one to the next. */
export function Emoji({ onChoose }: { onChoose: (emoji: string) => void }) {
  const t = useText();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);

  function move(event: KeyboardEvent): void {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const focused = all[at];
    if (!focused) return;
    const isRightToLeft = getComputedStyle(focused).direction === 'rtl' ? -1 : 1;
    const { top, left } = focused.getBoundingClientRect();
    /** The one below or above, in the column that is nearest. */
    const vertical = (sign: 1 | -1): number => {
      const beyond = all.map((each) => each.getBoundingClientRect()).map((box, index) => ({ box, index }));
      const rows = beyond
        .filter(({ box }) => sign * (box.top - top) > 4)
        .sort((a, b) => sign * (a.box.top - b.box.top));
      const row = rows.filter(({ box }) => Math.abs(box.top - (rows[0]?.box.top ?? 0)) < 4);
      row.sort((a, b) => Math.abs(a.box.left - left) - Math.abs(b.box.left - left));
      return row[0]?.index ?? at;
    };
    const moves: Record<string, () => number> = {
      ArrowRight: () => at + isRightToLeft,
      ArrowLeft: () => at - isRightToLeft,
      ArrowDown: () => vertical(1),
      ArrowUp: () => vertical(-1),
      Home: () => 0,
      End: () => all.length - 1,
    };
    const next = moves[event.key]?.();
    if (next === undefined) return;
    event.preventDefault();
    const target = all[next];
    if (!target) return;
    focused.tabIndex = -1;
    target.tabIndex = 0;
    target.focus();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a list of buttons is not a fieldset.
    <div
      ref={list}
      class={styles.picker}
      role="group"
      aria-label={t('chat.emoji')}
      data-testid="emoji-picker"
      onKeyDown={move}
    >
      {groups.map(([name, emoji], group) => (
        <section key={name} aria-label={t(name)}>
          <h3 class={styles.name}>{t(name)}</h3>
          <div class={styles.grid}>
            {emoji.split(' ').map((each, index) => (
              <button
                key={each}
                type="button"
                class={styles.emoji}
                tabIndex={group + index === 0 ? 0 : -1}
                onClick={() => onChoose(each)}
              >
                {each}
              </button>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
