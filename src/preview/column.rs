//! Rows set in lines of so many columns, as a printer of fixed width has them.

use super::layout::{Kind, Layout, Row};

/// A line as wide as the paper, or less.
pub(super) struct Line {
    pub kind: Kind,
    /// The column that `left` begins in.
    pub indent: usize,
    pub left: String,
    /// Ends in the last column.
    pub right: String,
}

/// The lines of a receipt. A QR code is one line, its text on the left; a section too, without a text.
#[inline(never)]
pub(super) fn lines(layout: &Layout, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for row in &layout.rows {
        set(row, width, &mut lines);
    }
    lines
}

#[inline(never)]
fn set(row: &Row, width: usize, lines: &mut Vec<Line>) {
    let kind = row.kind;
    let line = |indent, left, right| Line { kind, indent, left, right };
    match kind {
        Kind::Section => return lines.push(line(0, String::new(), String::new())),
        Kind::Qr => return lines.push(line(0, row.left.clone(), String::new())),
        Kind::Head | Kind::Title | Kind::Notice | Kind::Note => {
            for part in wrapped(&row.left, width) {
                lines.push(line((width - columns(&part)) / 2, part, String::new()));
            }
            return;
        }
        _ => {}
    }
    let indent = usize::from(matches!(kind, Kind::Sum | Kind::Detail));
    let is_sum = matches!(kind, Kind::Sum | Kind::Total | Kind::Money);
    let right = if is_sum { ["=", &row.right].concat() } else { row.right.clone() };
    let (first, taken) = (lines.len(), columns(&right));
    for part in wrapped(&row.left, width - indent) {
        lines.push(line(indent, part, String::new()));
    }
    if right.is_empty() {
        return;
    }
    // Beside letters that run from right to left, digits would change places with them.
    let apart = turns(&row.left) || turns(&right);
    let last = lines[first..].last_mut().filter(|last| !apart && indent + columns(&last.left) + 1 + taken <= width);
    match last {
        Some(last) => last.right = right,
        None if indent + taken < width => lines.push(line(width - taken, right, String::new())),
        None => {
            let indent = indent + 1;
            lines.extend(wrapped(&right, width - indent).into_iter().map(|part| line(indent, part, String::new())));
        }
    }
}

/// A text in lines, broken between words, and within those that are longer than a line.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut taken) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let needed = columns(word);
        if !line.is_empty() {
            if taken + 1 + needed <= width {
                line.push(' ');
                taken += 1;
            } else {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
        }
        let mut pen = Pen::default();
        for sign in word.chars() {
            let wide = pen.advance(sign);
            if taken + wide > width {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.push(sign);
            taken += wide;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    let mut pen = Pen::default();
    text.chars().map(|sign| pen.advance(sign)).sum()
}

/// Measures sign by sign, by blocks and not by Unicode's tables: what East Asia writes and pictures take two columns,
/// marks upon another sign none, what is joined to the sign before none; all else takes one.
#[derive(Default)]
struct Pen {
    joins: bool,
    half_flag: bool,
}

impl Pen {
    fn advance(&mut self, sign: char) -> usize {
        let joined = std::mem::replace(&mut self.joins, sign == '\u{200d}');
        let half_flag = std::mem::replace(&mut self.half_flag, false);
        match sign {
            ' '..='\u{2ff}' => 1,
            // Two letters of a region are one flag.
            '\u{1f1e6}'..='\u{1f1ff}' => {
                self.half_flag = !half_flag;
                if half_flag { 0 } else { 2 }
            }
            _ if joined || within(NONE, sign) => 0,
            _ if within(TWO, sign) => 2,
            _ => 1,
        }
    }
}

fn within(blocks: &[(u32, u32)], sign: char) -> bool {
    blocks.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(sign)))
}

const NONE: &[(u32, u32)] = &[
    (0x300, 0x36f),
    (0x483, 0x489),
    (0x591, 0x5bd),
    (0x610, 0x61a),
    (0x64b, 0x65f),
    (0xe34, 0xe3a),
    (0xe47, 0xe4e),
    (0x1ab0, 0x1aff),
    (0x1dc0, 0x1dff),
    (0x200b, 0x200d),
    (0x2060, 0x2064),
    (0x20d0, 0x20ff),
    (0xfe00, 0xfe0f),
    (0xfe20, 0xfe2f),
    // Colours of skin.
    (0x1f3fb, 0x1f3ff),
    (0xe0000, 0xe01ef),
];
const TWO: &[(u32, u32)] = &[
    (0x1100, 0x115f),
    (0x231a, 0x231b),
    (0x23e9, 0x23f3),
    (0x2614, 0x2615),
    (0x2648, 0x2653),
    (0x26aa, 0x26fd),
    (0x2705, 0x2705),
    (0x270a, 0x270b),
    (0x2728, 0x2728),
    (0x274c, 0x275f),
    (0x2b1b, 0x2b55),
    (0x2e80, 0x303e),
    (0x3041, 0xa4cf),
    (0xac00, 0xd7a3),
    (0xf900, 0xfaff),
    (0xfe30, 0xfe6f),
    (0xff01, 0xff60),
    (0xffe0, 0xffe6),
    (0x1f000, 0x1faff),
    (0x20000, 0x3fffd),
];

/// Letters that are written from right to left.
const LEFTWARD: &[(u32, u32)] =
    &[(0x590, 0x8ff), (0xfb1d, 0xfdff), (0xfe70, 0xfeff), (0x10800, 0x10fff), (0x1e800, 0x1efff)];

fn turns(text: &str) -> bool {
    text.chars().any(|sign| within(LEFTWARD, sign))
}
