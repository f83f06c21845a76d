//! A receipt as people see it: one layout, painted as text, SVG or HTML.
//!
//! `layout` says what stands on a receipt and in which order; `column` sets it in lines of so many characters for the
//! painters of text and SVG; HTML is left to the page's own setting.

mod column;
mod html;
mod layout;
mod svg;
mod text;

use crate::message::Lang;
use crate::receipt::Receipt;
use layout::Layout;

/// What a receipt is painted as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PreviewForm {
    /// Lines of text, as a register prints them.
    #[default]
    Text,
    /// A picture of the slip, as wide as its paper.
    Svg,
    /// A piece of a page.
    Html,
}

/// How many characters a line has; HTML is as wide as the page wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PreviewWidth {
    /// 32: paper of 58 mm.
    Narrow,
    /// 42: paper of 80 mm.
    #[default]
    Usual,
    /// 48: paper of 80 mm, small print.
    Wide,
}

/// Dark signs on light paper, or the other way round. Text has no colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Light paper.
    #[default]
    Light,
    /// Dark paper.
    Dark,
    /// As whoever looks at it has set.
    Auto,
}

/// How a receipt is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PreviewOptions {
    /// As what. Default: text.
    pub form: PreviewForm,
    /// Characters a line. Default: 42.
    pub width: PreviewWidth,
    /// The language of labels and of the words of codes. Default: Russian.
    pub lang: Lang,
    /// Colours. Default: light.
    pub theme: Theme,
}

impl PreviewForm {
    pub(crate) const ALL: [Self; 3] = [Self::Text, Self::Svg, Self::Html];
    pub(crate) const NAMES: [&'static str; 3] = ["text", "svg", "html"];
}

impl PreviewWidth {
    pub(crate) const ALL: [Self; 3] = [Self::Narrow, Self::Usual, Self::Wide];
    pub(crate) const NAMES: [&'static str; 3] = ["32", "42", "48"];

    const fn columns(self) -> usize {
        match self {
            Self::Narrow => 32,
            Self::Usual => 42,
            Self::Wide => 48,
        }
    }
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Auto];
    pub(crate) const NAMES: [&'static str; 3] = ["light", "dark", "auto"];

    const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// Shows a receipt: what its register prints, or is to print. One without [`Receipt::fiscal`] says across itself that it
/// is not fiscal. Whatever the names hold, SVG and HTML may be put into a page: no script, no element comes of a name, and
/// signs that turn the direction of writing are replaced.
///
/// ```
/// use chek54::{CheckOptions, PreviewOptions, parse_receipt, preview};
/// let text = r#"{"operation":"income","items":[{"name":"Чай","price":"149.90","quantity":2,"vat":"vat22"}]}"#;
/// let receipt = parse_receipt(text, &CheckOptions::default())?;
/// let shown = preview(&receipt, &PreviewOptions::default());
/// assert!(shown.lines().any(|line| line == "ИТОГ                               =299.80"));
/// # Ok::<(), chek54::ReceiptError>(())
/// ```
pub fn preview(receipt: &Receipt, options: &PreviewOptions) -> String {
    let layout = Layout::of(receipt, options.lang);
    let columns = options.width.columns();
    match options.form {
        PreviewForm::Text => text::paint(&layout, columns),
        PreviewForm::Svg => svg::paint(&layout, columns, options.theme),
        PreviewForm::Html => html::paint(&layout, options.theme),
    }
}

/// Adds a template with numbers in place of `~`, and texts in place of `^`. Of all ways to write markup the one that is
/// the smallest in wasm.
#[inline(never)]
fn fill(out: &mut String, template: &str, numbers: &[usize], texts: &[&str]) {
    let (mut numbers, mut texts) = (numbers.iter(), texts.iter());
    let mut rest = template;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'~' | b'^')) {
        let (before, behind) = rest.split_at_checked(at).unwrap_or_default();
        out.push_str(before);
        match behind.as_bytes().first() {
            Some(b'~') => digits(out, numbers.next().copied().unwrap_or_default()),
            _ => out.push_str(texts.next().unwrap_or(&"")),
        }
        rest = behind.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
}

fn digits(out: &mut String, number: usize) {
    if number > 9 {
        digits(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Adds a text as markup has it, in quotes too.
#[inline(never)]
fn escape(out: &mut String, text: &str) {
    out.push_str(&quick_xml::escape::escape(text));
}

/// Adds the dark modules of a code as the data of a path, each module a square of 1.
#[inline(never)]
fn modules(out: &mut String, matrix: &[Vec<bool>]) {
    for (y, row) in matrix.iter().enumerate() {
        let mut x = 0;
        while x < row.len() {
            let run = row[x..].iter().take_while(|dark| **dark).count();
            if run > 0 {
                fill(out, "M~ ~h~v1h-~z", &[x, y, run, run], &[]);
            }
            x += run.max(1);
        }
    }
}
