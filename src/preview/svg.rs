//! A slip of paper as SVG: the lines of the text, each a `text` element as wide as its columns, whatever font there is.
//!
//! Colours are attributes, which every renderer and any Content-Security-Policy takes; only the theme that follows the
//! reader's own needs a style sheet.

use super::column::{Line, columns, lines};
use super::layout::{Kind, Layout};
use super::{Theme, escape, modules, put};
use crate::qr;

/// Width of a column and what lies around the text, in units of the picture; a line of text is as high as its pitch.
const COLUMN: usize = 6;
const MARGIN: usize = 12;
const PITCH: usize = 13;
const TEETH: usize = 4;
/// A code's width in columns of the paper, of 100.
const CODE: usize = 62;

const FONT: &str =
    "ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', 'SF Mono', Menlo, Consolas, 'Courier New', monospace";

/// Paper, its edge, ink, notice.
const LIGHT: [&str; 4] = ["#fff", "#cfcbc2", "#1a1a1a", "#b3261e"];
const DARK: [&str; 4] = ["#1e1f22", "#3d3f44", "#e9e7e2", "#ffa198"];
const AUTO: &str = "<style>@media (prefers-color-scheme:dark){.chek54-auto .chek54-paper{fill:#1e1f22;stroke:#3d3f44}\
    .chek54-auto .chek54-ink{fill:#e9e7e2;stroke:#e9e7e2}.chek54-auto .chek54-warn{fill:#ffa198;stroke:#ffa198}}</style>";

pub(super) fn paint(layout: &Layout, width: usize, theme: Theme) -> String {
    let (lines, wide) = (lines(layout, width), width * COLUMN + 2 * MARGIN);
    let colours = if theme == Theme::Dark { DARK } else { LIGHT };
    let [paper, edge, ink, warn] = colours;
    let mut drawing = Drawing { width, wide, y: MARGIN + TEETH, warn, out: String::new() };
    for line in &lines {
        drawing.line(line);
    }
    let Drawing { y, out: painted, .. } = drawing;
    let high = y + MARGIN + TEETH;
    // As wide as the paper that has so many columns; tenths of a millimetre.
    let paper_width = if width < 40 { 580 } else { 800 };
    let paper_height = tenths(high * paper_width / wide);
    let (wide_text, high_text, paper_width) = (wide.to_string(), high.to_string(), tenths(paper_width));
    let class = if theme == Theme::Auto { " class=\"chek54-auto\"" } else { "" };
    let mut out = String::with_capacity(painted.len() + 2000);
    put(
        &mut out,
        &["<svg xmlns=\"http://www.w3.org/2000/svg\"", class, " viewBox=\"0 0 ", &wide_text, " ", &high_text],
    );
    put(
        &mut out,
        &[
            "\" width=\"",
            &paper_width,
            "mm\" height=\"",
            &paper_height,
            "mm\" direction=\"ltr\" role=\"img\" aria-label=\"",
        ],
    );
    escape(&mut out, &layout.name);
    put(&mut out, &["\"><title>"]);
    escape(&mut out, &layout.name);
    put(&mut out, &["</title>", if theme == Theme::Auto { AUTO } else { "" }]);
    // Torn off above and below.
    let teeth = wide / COLUMN;
    let teeth = |tooth: &str| tooth.repeat(teeth);
    let bottom = (high - TEETH).to_string();
    put(
        &mut out,
        &["<path class=\"chek54-paper\" fill=\"", paper, "\" stroke=\"", edge, "\" stroke-width=\".5\" d=\"M0 4l"],
    );
    put(&mut out, &[&teeth("3-4 3 4 "), "V", &bottom, "l", &teeth("-3 4-3-4"), "Z\"/>"]);
    put(
        &mut out,
        &[
            "<g class=\"chek54-ink\" fill=\"",
            ink,
            "\" stroke=\"",
            ink,
            "\" stroke-width=\"0\" font-size=\"10\" font-family=\"",
        ],
    );
    put(&mut out, &[FONT, "\">", &painted, "</g>"]);
    if !layout.is_fiscal {
        stamps(layout.stamp, wide, high, warn, &mut out);
    }
    out.push_str("</svg>");
    out
}

/// Across the paper, however long it is.
#[inline(never)]
fn stamps(stamp: &str, wide: usize, high: usize, warn: &str, out: &mut String) {
    const EVERY: usize = 320;
    let (x, length) = ((wide / 2).to_string(), (wide * 4 / 5).to_string());
    put(
        out,
        &[
            "<g class=\"chek54-warn\" fill=\"",
            warn,
            "\" fill-opacity=\".13\" font-family=\"sans-serif\" font-size=\"26\" ",
        ],
    );
    put(out, &["font-weight=\"bold\" text-anchor=\"middle\" pointer-events=\"none\" aria-hidden=\"true\">"]);
    let count = (high / EVERY).max(1);
    for at in 0..count {
        let y = (high * (2 * at + 1) / (2 * count)).to_string();
        put(
            out,
            &["<text x=\"", &x, "\" y=\"", &y, "\" transform=\"rotate(-28 ", &x, " ", &y, ")\" textLength=\"", &length],
        );
        put(out, &["\" lengthAdjust=\"spacingAndGlyphs\">", stamp, "</text>"]);
    }
    out.push_str("</g>");
}

struct Drawing {
    /// In columns, and in units.
    width: usize,
    wide: usize,
    y: usize,
    warn: &'static str,
    out: String,
}

impl Drawing {
    fn line(&mut self, line: &Line) {
        match line.kind {
            Kind::Section => {
                let (y, right) = ((self.y + 5).to_string(), (self.wide - MARGIN).to_string());
                put(
                    &mut self.out,
                    &["<path stroke-width=\".7\" stroke-dasharray=\"3 2\" d=\"M12 ", &y, "H", &right, "\"/>"],
                );
                self.y += 11;
                return;
            }
            Kind::Qr => return self.code(&line.left),
            Kind::Name | Kind::Title => self.y += 2,
            _ => {}
        }
        self.y += PITCH;
        self.text(line, line.indent, &line.left);
        self.text(line, self.width.saturating_sub(columns(&line.right)), &line.right);
        if line.kind == Kind::Title {
            self.y += 1;
        }
    }

    fn text(&mut self, line: &Line, column: usize, text: &str) {
        let taken = columns(text);
        if taken == 0 {
            return;
        }
        let (x, y) = ((MARGIN + column * COLUMN).to_string(), (self.y - 3).to_string());
        let length = (taken * COLUMN).to_string();
        let (style, colour, end) = match line.kind {
            Kind::Title | Kind::Total => (" font-weight=\"bold\"", "", ""),
            Kind::Notice => (" font-weight=\"bold\" class=\"chek54-warn\" fill=\"", self.warn, "\""),
            Kind::Detail | Kind::Note => (" fill-opacity=\".75\"", "", ""),
            _ => ("", "", ""),
        };
        put(
            &mut self.out,
            &["<text x=\"", &x, "\" y=\"", &y, "\" textLength=\"", &length, "\" lengthAdjust=\"spacingAndGlyphs\""],
        );
        put(&mut self.out, &[style, colour, end, ">"]);
        escape(&mut self.out, text);
        self.out.push_str("</text>");
    }

    /// Dark on light, whatever the theme: many readers know no other.
    fn code(&mut self, text: &str) {
        let Some(matrix) = qr::matrix(text) else { return };
        let side = self.wide * CODE / 100;
        let (x, y) = (((self.wide - side) / 2).to_string(), (self.y + 8).to_string());
        let (side_text, box_size) = (side.to_string(), (matrix.len() + 8).to_string());
        put(&mut self.out, &["<svg x=\"", &x, "\" y=\"", &y, "\" width=\"", &side_text, "\" height=\"", &side_text]);
        put(&mut self.out, &["\" viewBox=\"-4 -4 ", &box_size, " ", &box_size, "\" shape-rendering=\"crispEdges\">"]);
        put(
            &mut self.out,
            &[
                "<path fill=\"#fff\" d=\"M-4-4h",
                &box_size,
                "v",
                &box_size,
                "h-",
                &box_size,
                "z\"/><path fill=\"#000\" d=\"",
            ],
        );
        modules(&mut self.out, &matrix);
        self.out.push_str("\"/></svg>");
        self.y += side + 12;
    }
}

/// Tenths as a decimal.
fn tenths(number: usize) -> String {
    [&(number / 10).to_string(), ".", &(number % 10).to_string()].concat()
}
