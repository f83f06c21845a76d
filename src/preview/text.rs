//! Lines of text. What this adds itself is in CP866, which registers print in: half blocks of the code, and `x` for the
//! sign of multiplication.

use super::column::{Line, columns, lines, wrapped};
use super::layout::{Kind, Layout};
use crate::qr;

#[inline(never)]
pub(super) fn paint(layout: &Layout, width: usize) -> String {
    let mut out = String::new();
    let rule = |sign: &str, out: &mut String| {
        out.push_str(&sign.repeat(width));
        out.push('\n');
    };
    let lines = lines(layout, width);
    for (at, line) in lines.iter().enumerate() {
        let is_notice =
            |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| line.kind == Kind::Notice);
        match line.kind {
            Kind::Section => rule("-", &mut out),
            Kind::Qr => code(&line.left, width, &mut out),
            Kind::Notice => {
                if !is_notice(at.checked_sub(1)) {
                    rule("*", &mut out);
                }
                plain(line, width, &mut out);
                if !is_notice(at.checked_add(1)) {
                    rule("*", &mut out);
                }
            }
            _ => plain(line, width, &mut out),
        }
    }
    out.pop();
    out
}

fn plain(line: &Line, width: usize, out: &mut String) {
    spaces(line.indent, out);
    for sign in line.left.chars() {
        out.push(if sign == '×' && line.kind == Kind::Sum { 'x' } else { sign });
    }
    if !line.right.is_empty() {
        spaces(width.saturating_sub(line.indent + columns(&line.left) + columns(&line.right)), out);
        out.push_str(&line.right);
    }
    out.push('\n');
}

fn spaces(count: usize, out: &mut String) {
    (0..count).for_each(|_| out.push(' '));
}

/// Two rows of a code in a line; where the paper is too narrow for it, its text.
fn code(text: &str, width: usize, out: &mut String) {
    // A column on either side keeps the code off the edge; the paper around it is the rest of its quiet zone.
    let matrix = qr::matrix(text).filter(|matrix| matrix.len() + 2 <= width);
    let Some(matrix) = matrix else {
        for line in wrapped(text, width) {
            out.push_str(&line);
            out.push('\n');
        }
        return;
    };
    out.push('\n');
    for pair in matrix.chunks(2) {
        spaces((width - matrix.len()) / 2, out);
        for (at, upper) in pair[0].iter().enumerate() {
            let lower = pair.get(1).is_some_and(|row| row[at]);
            out.push(match (upper, lower) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        while out.ends_with(' ') {
            out.pop();
        }
        out.push('\n');
    }
}
