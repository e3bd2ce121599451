/** A value that {@link formatGenesis} writes; bigint becomes a JSON number with all its digits. */
export type GenesisJson =
  | string
  | bigint
  | boolean
  | readonly GenesisJson[]
  | { readonly [key: string]: GenesisJson | undefined };

/**
 * JSON text with members in the order given, two spaces a level and a newline at the end: the same value
 * gives the same bytes. Members that are `undefined` are left out.
 *
 * @example formatGenesis({ gasLimit: 8_000_000n }) // '{\n  "gasLimit": 8000000\n}\n'
 */
export function formatGenesis(value: GenesisJson): string {
  return `${format(value, '')}\n`;
}

function format(value: GenesisJson, indent: string): string {
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item: GenesisJson) => `${inner}${format(item, inner)}`);
    return items.length === 0 ? '[]' : `[\n${items.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${inner}${JSON.stringify(key)}: ${format(member!, inner)}`);
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}
