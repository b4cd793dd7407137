import type { Language } from '@chargebus/errors';

/** The one of `zh` and `en` that Accept-Language weighs most; `fallback` where it names neither. */
export function preferredLanguage(accept: string | undefined, fallback: Language): Language {
  let best: { readonly language: Language; readonly weight: number } | null = null;
  for (const range of (accept ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = tag.split('-')[0];
    if (language !== 'zh' && language !== 'en') continue;
    const weight = Number(parameters.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
    if (weight > 0 && weight > (best?.weight ?? 0)) best = { language, weight };
  }
  return best?.language ?? fallback;
}
