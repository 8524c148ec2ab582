/* A text of the formatted box as Markdown (the dialect of kit/markup.py). Made from what it gives, a text is the same
   again. Empty paragraphs are left out: Markdown has none. */
import { inline } from "./rich-inline.js";

export const markdown = (doc) => blocks(childrenOf(doc), "\n\n");

const childrenOf = (node) => {
  const found = [];
  node.forEach((child) => found.push(child));
  return found.filter((child) => !isNothing(child));
};

function isNothing(node) {
  if (node.type.name === "paragraph" || node.type.name === "heading") return !inline(node).trim();
  return node.type.name === "blockquote" && !childrenOf(node).length;
}

/* Two lists of one kind after each other are told apart by their marker. */
function blocks(nodes, between) {
  let marker = 0;
  return nodes.map((node, at) => {
    marker = at && isList(node) && node.type === nodes[at - 1].type ? 1 - marker : 0;
    return block(node, marker);
  }).join(between);
}

const isList = (node) => /^(?:bullet|ordered)List$/.test(node.type.name);

function block(node, marker) {
  switch (node.type.name) {
    case "heading": return heading(node);
    case "blockquote": return blocks(childrenOf(node), "\n\n").split("\n").map((line) => (line ? `> ${line}` : ">")).join("\n");
    case "codeBlock": return codeBlock(node.textContent);
    case "horizontalRule": return "***";
    case "bulletList": return list(node, () => "-+"[marker]);
    case "orderedList": return list(node, (at) => `${startOf(node) + at}${".)"[marker]}`);
    default: return lines(inline(node));
  }
}

const heading = (node) => `${"#".repeat(node.attrs.level)} ${inline(node).replace(/\s*\n\s*/g, " ").trim().replace(/(^|\s)(#+)$/, "$1\\$2")}`;

function codeBlock(text) {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text ? `${text}\n` : ""}${fence}`;
}

function list(node, marker) {
  const items = [];
  node.forEach((item) => items.push(childrenOf(item)));
  const between = isTight(node) ? "\n" : "\n\n";
  return items.map((children, at) => indented(marker(at), blocks(children, between), beginsEmpty(children.slice(0, 1)))).join(between);
}

const startOf = (node) => Math.min(Math.max(node.attrs.start ?? 1, 0), 900_000_000);
/* Three markers in one line would be a rule across the page. */
const beginsEmpty = ([first]) => !!first && isList(first) && (isEmpty(first.firstChild) || beginsEmpty(childrenOf(first.firstChild)));
const isEmpty = (item) => !childrenOf(item).length;

function indented(marker, text, isBelow) {
  if (!text) return marker;
  const [first, ...rest] = (isBelow ? `\n${text}` : text).split("\n");
  const room = " ".repeat(marker.length + 1);
  return [`${marker} ${first}`.trimEnd(), ...rest.map((line) => (line ? room + line : ""))].join("\n");
}

/* Whether its items may follow each other without an empty line, which would make paragraphs of them. */
function isTight(node) {
  let tight = node.attrs.tight !== false;
  node.forEach((item) => {
    const children = childrenOf(item);
    tight &&= children.every((child, at) => (!at || follows(children[at - 1], child)) && (!isList(child) || isTight(child)));
  });
  return tight;
}

function follows(before, after) {
  if (after.type.name === "paragraph") return /^(?:heading|codeBlock|horizontalRule)$/.test(before.type.name);
  if (isList(after)) return !isList(before) && startOf(after) === 1 && !isEmpty(after.firstChild) && !beginsEmpty(childrenOf(after.firstChild));
  return after.type.name !== "blockquote" || before.type.name !== "blockquote";
}

/* What would begin something else at the head of a line is kept from it; an empty line within a paragraph stays one. */
function lines(text) {
  const all = text.split("\n").map((line) => line.trim());
  while (all.length && !all.at(-1)) all.pop();
  while (all.length && !all[0]) all.shift();
  return all.map(headed).join("\n");
}

function headed(line) {
  if (!line) return "\\";
  if (/^(?:#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|[-=:|][-=:|\s]*$)/.test(line)) return `\\${line}`;
  return line.replace(/^(\d{1,9})([.)])(?=\s|$)/, "$1\\$2");
}
