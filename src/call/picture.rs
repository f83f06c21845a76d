//! The call that shows a receipt.

use super::{Answer, Arguments, receipt_of, refused, settled, text};
use crate::message::Lang;
use crate::preview::{PreviewForm, PreviewOptions, PreviewWidth, Theme, preview as paint};
use crate::provider::CallError;
use crate::receipt::{Draft, Receipt};
use crate::record::OwnRecord;

/// `preview`: `{value}`, or `{issues}` of the receipt, or an `{error}` of the call; as JSON text.
pub fn preview(receipt: &str, options: &str) -> String {
    settled(try_preview(receipt, options)).to_string()
}

fn try_preview(receipt: &str, given: &str) -> Result<Answer, (CallError, Lang)> {
    let options = options(given).map_err(refused)?;
    let (draft, _) = receipt_of(receipt, undated).map_err(|error| (error.into(), options.lang))?;
    let receipt = Receipt::take(&draft).ok_or_else(|| refused("no receipt".into()))?;
    Ok(text(&paint(&receipt, &options)))
}

/// CloudKassir does not tell when a correction was printed: what is known of it is shown all the same.
fn undated(draft: &mut Draft<'_>) {
    if let Some(fiscal) = &mut draft.fiscal
        && draft.correction.is_some()
    {
        fiscal.date_time.get_or_insert_default();
        fiscal.give("dateTime");
    }
}

fn options(given: &str) -> Result<PreviewOptions, String> {
    let given = Arguments::parse(given, &["as", "width", "lang", "theme"])?;
    let one = |name: &str, word: Option<String>, known: [&str; 3]| match word {
        None => Ok(None),
        Some(word) => place(name, &word, known).map(Some),
    };
    let form = one("as", given.text("as")?, PreviewForm::NAMES)?;
    let width = one("width", given.id("width")?, PreviewWidth::NAMES)?;
    let theme = one("theme", given.text("theme")?, Theme::NAMES)?;
    Ok(PreviewOptions {
        form: form.map_or_else(Default::default, |at| PreviewForm::ALL[at]),
        width: width.map_or_else(Default::default, |at| PreviewWidth::ALL[at]),
        lang: given.lang()?,
        theme: theme.map_or_else(Default::default, |at| Theme::ALL[at]),
    })
}

/// Which of the words it is.
#[inline(never)]
fn place(name: &str, word: &str, known: [&str; 3]) -> Result<usize, String> {
    let found = known.iter().position(|known| *known == word);
    found.ok_or_else(|| ["no such ", name, ": ", word, "; there are ", &known.join(", ")].concat())
}
