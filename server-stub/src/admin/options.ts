import { plainName } from '@meetframe/contract/names';
import { InvalidArgumentError } from 'commander';

/** Parses an id. */
export const id = (text: string): number => {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('An id is a whole number above 0.');
  return Number(text);
};

export const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 10_000)
    throw new InvalidArgumentError('It is a whole number from 1 to 10000.');
  return value;
};

export const collect = (text: string, before: string[] = []): string[] => [...before, text];

export const name = (text: string): string => {
  const plain = plainName(text);
  if (plain === '' || plain.length > 100)
    throw new InvalidArgumentError('It needs 1 to 100 characters, at least one of them visible.');
  return plain;
};
