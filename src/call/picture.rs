//! The call that shows a receipt.

use super::{Answer, Arguments, receipt_of, refused, settled, text};
use crate::message::Lang;
use crate::preview::{PreviewForm, PreviewOptions, PreviewWidth, Theme, preview as paint};
use crate::provider::CallError;
use crate::receipt::Receipt;
use crate::record::OwnRecord;

/// `preview`: `{value}`, or `{issues}` of the receipt, or an `{error}` of the call; as JSON text.
pub fn preview(receipt: &str, options: &str) -> String {
    settled(try_preview(receipt, options)).to_string()
}

fn try_preview(receipt: &str, given: &str) -> Result<Answer, (CallError, Lang)> {
    let options = options(given).map_err(refused)?;
    let (draft, _) = receipt_of(receipt, |_| ()).map_err(|error| (error.into(), options.lang))?;
    let receipt = Receipt::take(&draft).ok_or_else(|| refused("no receipt".into()))?;
    Ok(text(&paint(&receipt, &options)))
}

fn options(given: &str) -> Result<PreviewOptions, String> {
    let given = Arguments::parse(given, &["as", "width", "lang", "theme"])?;
    Ok(PreviewOptions {
        form: one("as", given.text("as")?, &PreviewForm::ALL)?.unwrap_or_default(),
        width: one("width", given.id("width")?, &PreviewWidth::ALL)?.unwrap_or_default(),
        lang: given.lang()?,
        theme: one("theme", given.text("theme")?, &Theme::ALL)?.unwrap_or_default(),
    })
}

/// What a word of an option means.
fn one<T: Copy>(name: &str, word: Option<String>, known: &[(&str, T); 3]) -> Result<Option<T>, String> {
    let Some(word) = word else { return Ok(None) };
    if let Some((_, meant)) = known.iter().find(|(known, _)| *known == word) {
        return Ok(Some(*meant));
    }
    let known = known.each_ref().map(|(known, _)| *known).join(", ");
    Err(["no such ", name, ": ", &word, "; there are ", &known].concat())
}
