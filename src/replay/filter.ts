import { titleOf, type CaptureEntry } from '../captures';

/**
 * Reads a filter as people write it: words with commas between. A word fits a delivery whose id,
 * kind or conversation it is, or whose title contains it, whatever the case. A word behind `!` takes
 * out what it fits. Without a plain word everything fits that is not taken out.
 *
 * `intervention.closed` · `webhook,source-sdk` · `!handshake` · `messages.create,!9c9903dc`
 */
export function filterOf(text: string): (entry: CaptureEntry) => boolean {
  const words = text.split(',').map((word) => word.trim().toLowerCase());
  const wanted = words.filter((word) => word !== '' && !word.startsWith('!'));
  const unwanted = words
    .filter((word) => word.startsWith('!'))
    .map((word) => word.slice(1).trim())
    .filter((word) => word !== '');
  return (entry) => {
    const names = [entry._id, entry._kind, entry._conversation].map((name) => name.toLowerCase());
    const title = titleOf(entry).toLowerCase();
    const fits = (word: string): boolean => names.includes(word) || title.includes(word);
    return (wanted.length === 0 || wanted.some(fits)) && !unwanted.some(fits);
  };
}
