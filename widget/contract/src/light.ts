import * as z from 'zod/mini';
import { widgetOptions } from './options.ts';
import { widgetMethods } from './page.ts';

/**
 * What a widget that only waits for calls needs to know of the contract without zod, which would take a third of its download. The
 * build of the widget computes these constants beforehand (`widget/build.ts`).
 */

/** Methods that the widget answers by itself. */
export const widgetMethodNames: readonly string[] = Object.keys(widgetMethods);

/** The part of JSON Schema by which names, types and choices are checked. */
export type Shape = {
  type?: string;
  enum?: readonly unknown[];
  anyOf?: readonly Shape[];
  properties?: Readonly<Record<string, Shape>>;
  /** Shape of the entries of an array, or of the values of an object with arbitrary names. */
  items?: Shape;
};
type JsonSchema = Shape & { additionalProperties?: Shape | false };
const reduced = ({ type, enum: choices, anyOf, properties, items, additionalProperties }: JsonSchema): Shape => ({
  ...(choices ? { enum: choices } : type && { type }),
  ...(anyOf && { anyOf: anyOf.map(reduced) }),
  ...(properties && {
    properties: Object.fromEntries(Object.entries(properties).map(([name, shape]) => [name, reduced(shape)])),
  }),
  ...(items && { items: reduced(items) }),
  ...(additionalProperties && { items: reduced(additionalProperties) }),
});
/** The options of the widget. */
export const optionShape = reduced(
  z.toJSONSchema(widgetOptions, { io: 'input', unrepresentable: 'any' }) as JsonSchema,
);
