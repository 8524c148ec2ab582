/* What stands in one line of text as Markdown: marks, links, pictures, line breaks, and every sign that would mean
   something kept from it. Read again (kit/markup.py) it gives what it was made from. */
const ORDER = ["bold", "italic", "strike", "link"];
const PUNCTUATION = /[\p{P}\p{S}]/u;
const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/;
const OF_NO_WORD = /[\s\p{P}]/u;
const WORD = /[\p{L}\p{N}]/u;
const ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
const AFTER_ADDRESS = /[.,;:!?)\]}*_]+$/;
const PLAIN_ADDRESS = /^https?:\/\/(?:[a-z0-9\-.:/?#@!$&,;=%+]|(?<=[a-z0-9])[_~](?=[a-z0-9]))+$/i;
const ENTITY = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]*);/i;

/* Where signs of one kind would end one thing and begin another at one place, italics are written by their other sign. */
export function inline(parent) {
  const leaves = settled(leavesOf(parent));
  return marked(leaves, "*") ?? marked(leaves, "_");
}

function marked(leaves, italic) {
  const signs = { bold: "**", italic, strike: "~~" };
  const opening = (mark) => ({ opens: true, sign: mark.type.name === "link" ? "[" : signs[mark.type.name] });
  const closing = (mark) => ({ opens: false, sign: mark.type.name === "link" ? `](${destination(mark.attrs)})` : signs[mark.type.name] });
  let out = "";
  let open = [];
  for (const [at, leaf] of leaves.entries()) {
    const kept = open.findIndex((mark) => !has(leaf, mark));
    const closed = kept < 0 ? [] : open.splice(kept).reverse();
    const opened = leaf.marks.filter((mark) => !open.some((one) => one.eq(mark))).sort((one, other) => reach(leaves, at, other) - reach(leaves, at, one) || order(one) - order(other));
    open = [...open, ...opened];
    const runs = runsOf([...closed.map(closing), ...opened.map(opening)]);
    if (italic === "*" && runs.some((run) => run.opens && run.closes)) return null;
    out = joined(out, runs, source(leaf, leaves, at));
  }
  return joined(out, runsOf(open.reverse().map(closing)), "");
}

const has = (leaf, mark) => leaf.marks.some((one) => one.eq(mark));
const order = (mark) => ORDER.indexOf(mark.type.name);

function reach(leaves, at, mark) {
  let end = at;
  while (end < leaves.length && has(leaves[end], mark)) end += 1;
  return end - at;
}

/* The pieces in their order: space stands by itself, so that no sign opens or closes beside it. */
function leavesOf(parent) {
  const leaves = [];
  parent.forEach((node) => {
    const marks = node.marks.filter((mark) => mark.type.name !== "code");
    if (node.type.name === "hardBreak") return leaves.push({ kind: "space", text: "\n", marks });
    if (node.type.name === "image") return node.attrs.waits || leaves.push({ kind: "picture", node, marks, text: "" });
    if (marks.length < node.marks.length) return leaves.push({ kind: "code", text: node.text.replace(/\s*\n\s*/g, " "), marks });
    for (const text of node.text.replace(/\s*\n\s*/g, " ").match(/^\s+|\s+$|\S(?:.*\S)?/gsu) ?? []) {
      leaves.push({ kind: text.trim() ? "text" : "space", text, marks });
    }
  });
  return leaves;
}

function settled(leaves) {
  const solid = (from, step) => {
    let at = from + step;
    while (leaves[at]?.kind === "space") at += step;
    return leaves[at];
  };
  return leaves.map((leaf, at) => {
    if (leaf.kind === "space") {
      const [before, after] = [solid(at, -1), solid(at, 1)];
      return { ...leaf, marks: leaf.marks.filter((mark) => before && after && has(before, mark) && has(after, mark)) };
    }
    return isOwnAddress(leaf, leaves, at) ? { ...leaf, marks: unlinked(leaf), isAddress: true } : leaf;
  });
}

const linkOf = (leaf) => leaf?.marks.find((mark) => mark.type.name === "link");

/* A link that the reader makes of these words by himself. */
function isOwnAddress(leaf, leaves, at) {
  const link = linkOf(leaf);
  if (!link || leaf.kind !== "text" || link.attrs.href !== leaf.text || link.attrs.title || !PLAIN_ADDRESS.test(leaf.text)) return false;
  if (AFTER_ADDRESS.test(leaf.text) || ENTITY.test(leaf.text)) return false;
  const [before, after] = [leaves[at - 1], leaves[at + 1]];
  return (isSpace(before) || isLike(before, leaf)) && (isSpace(after) || (isLike(after, leaf) && endsAddress(after, leaves[at + 2])));
}

const isSpace = (leaf) => !leaf || leaf.kind === "space";
const unlinked = (leaf) => leaf.marks.filter((mark) => mark.type.name !== "link");
/* Words beside a link with the same marks: no sign stands between them. */
const isLike = (leaf, link) => leaf.kind === "text" && !linkOf(leaf) && leaf.marks.length === unlinked(link).length && leaf.marks.every((mark) => has(link, mark));
const endsAddress = (leaf, next) => /^[.,;:!?)\]}]+\s/.test(leaf.text) || (/^[.,;:!?)\]}]+$/.test(leaf.text) && isSpace(next));

/* Signs at one place, those of one kind together: so they are read. */
function runsOf(signs) {
  const runs = [];
  for (const { sign, opens } of signs) {
    const last = runs.at(-1);
    if (last?.sign[0] === sign[0] && sign[0] !== "]") Object.assign(last, { sign: last.sign + sign, opens: last.opens || opens, closes: last.closes || !opens });
    else runs.push({ sign, opens, closes: !opens });
  }
  return runs;
}

/* Signs between two pieces. A sign counts only where the characters beside it let it (CommonMark 0.31, 6.2): one that
   would not is written as its number, which is punctuation to the reader and itself to people. */
function joined(before, runs, after) {
  runs.forEach((run, at) => {
    const isUnder = run.sign[0] === "_";
    if (!isUnder && !/[*~]/.test(run.sign[0])) return;
    const left = at ? "." : [...before].at(-1);
    const right = at < runs.length - 1 ? "." : [...after][0];
    if (run.closes && (isUnder || isMark(left)) && isLetter(right)) after = numbered(right) + after.slice(right.length);
    if (run.opens && (isUnder || isMark(right)) && isLetter(left)) before = before.slice(0, -left.length) + numbered(left);
  });
  return before + runs.map((run) => run.sign).join("") + after;
}

const isMark = (sign) => !!sign && PUNCTUATION.test(sign);
const isLetter = (sign) => !!sign && !OF_NO_WORD.test(sign) && !ASCII_PUNCTUATION.test(sign);
const numbered = (sign) => `&#${sign.codePointAt(0)};`;

function source(leaf, leaves, at) {
  if (leaf.kind === "space") return leaf.text;
  if (leaf.kind === "code") return fenced(leaf.text);
  if (leaf.kind === "picture") return `![${shielded(leaf.node.attrs.alt, { isInLink: true })}](${leaf.node.attrs.src})`;
  if (leaf.isAddress) return leaf.text;
  const isBare = !leaf.marks.length; // else a sign of ours may stand beside it
  const rest = leaves.slice(at + 1).map((one) => one.text).join("");
  return written(leaf.text, { rest, isInLink: !!linkOf(leaf), isLast: isBare && isSpace(leaves[at + 1]), isFirst: isBare && isSpace(leaves[at - 1]) });
}

/* Bare addresses become links when they are read: those that signs would break are written as links. */
function written(text, where) {
  if (where.isInLink) return shielded(text, where);
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(AFTER_ADDRESS, "");
    const end = found.index + address.length;
    const isPlain = PLAIN_ADDRESS.test(address) && !ENTITY.test(address) && (end < text.length || where.isLast) && (found.index > 0 || where.isFirst);
    parts.push(shielded(text.slice(from, found.index), { ...where, rest: text.slice(found.index) + where.rest, isLast: false, isFirst: where.isFirst && !from }));
    parts.push(isPlain ? address : `[${shielded(address, { isInLink: true })}](${destination({ href: address })})`);
    from = end;
  }
  parts.push(shielded(text.slice(from), { ...where, isFirst: where.isFirst && !from }));
  return parts.join("");
}

function shielded(text, { rest = "", isInLink = false, isLast = false, isFirst = false } = {}) {
  return text.replace(/[\\`*_~[\]!<&]/g, (sign, at) => {
    const beside = { before: text[at - 1] ?? (isFirst ? " " : ""), after: text[at + 1] ?? (isLast ? " " : "") };
    return means(sign, beside, text.slice(at) + rest, isInLink) ? `\\${sign}` : sign;
  });
}

/* Whether the sign would mean something where it stands; "" beside it: another piece, which may begin with any sign. */
function means(sign, { before, after }, ahead, isInLink) {
  switch (sign) {
    case "`": return true;
    case "\\": return !after || /\s/.test(after) || ASCII_PUNCTUATION.test(after);
    case "*": return !(/^\s$/.test(before) && /^\s$/.test(after));
    case "_": return !(WORD.test(before) && WORD.test(after));
    case "~": return !before || !after || before === "~" || after === "~";
    case "[": return isInLink || /\][([:]/.test(ahead);
    case "]": return isInLink;
    case "!": return !after || after === "[";
    case "<": return /^<[^\s<>]/.test(ahead) && ahead.includes(">");
    case "&": return ENTITY.exec(ahead)?.index === 0;
    default: return false;
  }
}

function fenced(text) {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .*[^ ].* $/s.test(text) ? " " : "";
  return fence + pad + text + pad + fence;
}

function destination({ href, title }) {
  const plain = /^[^\s()<>\\`[\]]+$/.test(href) && !ENTITY.test(href);
  const address = plain ? href : `<${href.replace(/[<>\s\\`]/g, encodeURIComponent).replace(/&/g, "&amp;")}>`;
  return title ? `${address} "${title.replace(/\s+/g, " ").replace(/["\\&`]/g, (sign) => `&#${sign.codePointAt(0)};`)}"` : address;
}
