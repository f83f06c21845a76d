//! CP866, the code page that fiscal documents hold their strings in (order ЕД-7-20/662@).

/// 0xF0..=0xFF; the letters and line-drawing signs below them come in runs.
const TAIL: [char; 16] = ['Ё', 'ё', 'Є', 'є', 'Ї', 'ї', 'Ў', 'ў', '°', '∙', '·', '√', '№', '¤', '■', '\u{a0}'];
/// 0xB0..=0xDF.
const LINES: [char; 48] = [
    '░', '▒', '▓', '│', '┤', '╡', '╢', '╖', '╕', '╣', '║', '╗', '╝', '╜', '╛', '┐', '└', '┴', '┬', '├', '─', '┼', '╞',
    '╟', '╚', '╔', '╩', '╦', '╠', '═', '╬', '╧', '╨', '╤', '╥', '╙', '╘', '╒', '╓', '╫', '╪', '┘', '┌', '█', '▄', '▌',
    '▐', '▀',
];

/// Whether a text has a byte for each of its characters.
pub fn holds(text: &str) -> bool {
    is_plain(text.as_bytes()) || text.chars().all(|character| byte(character).is_some())
}

/// Whether a text is ASCII, Russian letters and `№` alone, as nearly all are: told from its bytes.
fn is_plain(mut bytes: &[u8]) -> bool {
    loop {
        bytes = match bytes {
            [] => return true,
            [..0x80, rest @ ..]
            | [0xd0, 0x81 | 0x90..=0xbf, rest @ ..]
            | [0xd1, 0x80..=0x8f | 0x91, rest @ ..]
            | [0xe2, 0x84, 0x96, rest @ ..] => rest,
            _ => return false,
        }
    }
}

/// The byte of a character, or `None` where the page has no place for it (`«`, `—`, `₽`, emoji).
pub fn byte(character: char) -> Option<u8> {
    let place = |table: &[char], base: u8| table.iter().position(|c| *c == character).map(|at| base + at as u8);
    match character {
        '\0'..='\x7f' => Some(character as u8),
        'А'..='п' => Some((character as u32 - 'А' as u32) as u8 + 0x80),
        'р'..='я' => Some((character as u32 - 'р' as u32) as u8 + 0xe0),
        _ => place(&TAIL, 0xf0).or_else(|| place(&LINES, 0xb0)),
    }
}

/// The character of a byte.
pub fn character(byte: u8) -> char {
    let run = |first: char, base: u8| char::from_u32(first as u32 + u32::from(byte - base)).unwrap_or(first);
    match byte {
        0..=0x7f => char::from(byte),
        0x80..=0xaf => run('А', 0x80),
        0xb0..=0xdf => LINES[usize::from(byte - 0xb0)],
        0xe0..=0xef => run('р', 0xe0),
        0xf0.. => TAIL[usize::from(byte - 0xf0)],
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_byte_has_its_character() {
        for value in 0..=u8::MAX {
            assert_eq!(super::byte(super::character(value)), Some(value));
        }
    }

    #[test]
    fn agrees_with_encoding_rs() {
        for character in (0..=0x2_ffff).filter_map(char::from_u32) {
            let text = character.to_string();
            let (bytes, _, unmappable) = encoding_rs::IBM866.encode(&text);
            let oracle = (!unmappable).then(|| bytes[0]);
            assert_eq!(super::byte(character), oracle, "{character:?}");
            assert_eq!(super::holds(&text), oracle.is_some(), "{character:?}");
        }
    }
}
