import '../../view/qualityTexts.ts';
import { qualityOf, type ShownQuality } from '../../view/quality.ts';
import { Popover } from '../controls/Popover.tsx';
import { useText } from '../text.ts';
import type { QualitySignProps } from './later.ts';
import styles from './QualitySign.module.css';

const bars = { good: 3, weak: 2, bad: 1 } as const;

function Bars({ grade }: Pick<ShownQuality, 'grade'>) {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      {[0, 1, 2].map((index) => (
        <rect
          key={index}
          class={index < bars[grade] ? styles.full : styles.empty}
          x={4 + index * 6}
          y={14 - index * 5}
          width="4"
          height={6 + index * 5}
          rx="1"
        />
      ))}
    </svg>
  );
}

/** The quality of a participant's connection: shown when it is not good, or when the pointer is on the tile. */
export function QualitySign({ quality, clientId, name }: QualitySignProps) {
  const t = useText();
  const shown = qualityOf(quality, clientId);
  if (!shown) return null;
  const { grade } = shown;
  const label = clientId === undefined ? 'quality.ownLabel' : 'quality.label';
  return (
    <div data-quality={grade}>
      <Popover
        label={t(label, { name, grade: t(`quality.${grade}`) })}
        testId="quality"
        class={`${styles.sign} ${styles[grade]}`}
        face={<Bars grade={grade} />}
      >
        {() => <Details quality={quality} clientId={clientId} name={name} />}
      </Popover>
    </div>
  );
}

function Details({ quality, clientId }: QualitySignProps) {
  const t = useText();
  const shown = qualityOf(quality, clientId);
  if (!shown) return null;
  return (
    <div class={styles.details} data-testid="quality-details">
      {shown.sides.map(({ title, grade, reason, figures }) => (
        <section key={title}>
          {title && <h2>{t(title)}</h2>}
          <p>
            <Bars grade={grade} />
            <span>
              {t(`quality.${grade}Line`)}
              {reason && `: ${t(reason.key, reason.params)}`}
            </span>
          </p>
          {figures.length > 0 && (
            <details>
              <summary>{t('quality.details')}</summary>
              <dl>
                {figures.map(({ key, text }) => (
                  <div key={key}>
                    <dt>{t(key)}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            </details>
          )}
        </section>
      ))}
      {shown.note && <p>{t(shown.note)}</p>}
    </div>
  );
}
