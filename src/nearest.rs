//! The known name that a misspelt one, or another word for it, was meant to be.

use crate::vocab::slang;

/// What a word is slang for; or else the nearest of some names, if it is near: the same letters in another case or
/// joining, or a slip or two.
pub(crate) fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    slang::meaning(name, known).or_else(|| nearest_letters(name, known))
}

fn nearest_letters<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let plain = |text: &str| -> Vec<char> {
        // Known names are ASCII: other letters are slips, whatever their case.
        let letters = text.chars().filter(|c| c.is_ascii_alphanumeric() || !c.is_ascii());
        letters.take(40).map(|c| c.to_ascii_lowercase()).collect()
    };
    let digits = |text: &[char]| text.iter().copied().filter(char::is_ascii_digit).collect::<String>();
    let meant = plain(name);
    // Another digit is another rate, and in three letters one slip is another word: usn is not osn.
    let alike =
        known.iter().map(|known| (plain(known), *known)).filter(|(letters, _)| digits(letters) == digits(&meant));
    let near = alike.map(|(letters, known)| (distance(&meant, &letters), known)).min_by_key(|(slips, _)| *slips);
    near.filter(|(slips, known)| *slips <= known.len().max(meant.len()).saturating_sub(1) / 3).map(|(_, known)| known)
}

/// How many letters have to be put in, taken out, changed or swapped with a neighbour.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut rows = [vec![0; to.len() + 1], (0..=to.len()).collect::<Vec<_>>(), Vec::new()];
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut best = (rows[1][j] + usize::from(a != b)).min(rows[1][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                best = best.min(rows[0][j - 1] + 1);
            }
            row.push(best);
        }
        rows[2] = row;
        rows.rotate_left(1);
    }
    rows[1][to.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_understood_and_other_words_are_not() {
        let known = ["name", "price", "quantity", "amount", "unitName", "documentKind", "osn", "vat22"];
        for (slip, meant) in [
            ("prise", Some("price")),
            ("pirce", Some("price")),
            ("Price", Some("price")),
            ("qantity", Some("quantity")),
            ("unit_name", Some("unitName")),
            ("document-kind", Some("documentKind")),
            ("nam", Some("name")),
            ("label", Some("name")),
            ("QTY", Some("quantity")),
            ("Кол-во", Some("quantity")),
            ("lebal", None),
            ("vat20", None),
            ("usn", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(slip, &known), meant, "{slip}");
        }
    }
}
