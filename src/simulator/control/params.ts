/** Readers of a command's parameters; what is wrong is said in a sentence. */
export type Params = Record<string, unknown>;

export function text(params: Params, name: string): string {
  const value = optionalText(params, name);
  if (value === undefined) throw new Error(`The parameter "${name}" is missing.`);
  return value;
}

export function optionalText(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`The parameter "${name}" has to be a text.`);
}

export function wholeNumber(
  params: Params,
  name: string,
  bounds: { least: number; most: number; usual: number },
): number {
  const value = params[name] ?? bounds.usual;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const isFit = typeof number === 'number' && Number.isInteger(number);
  if (isFit && number >= bounds.least && number <= bounds.most) return number;
  throw new Error(
    `The parameter "${name}" has to be a whole number from ${bounds.least} to ${bounds.most}.`,
  );
}

export function yesOrNo(params: Params, name: string): boolean | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw new Error(`The parameter "${name}" has to be true or false.`);
}
