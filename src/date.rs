//! Calendar dates and wall clocks, as callers and providers write them. Nothing here asks what time it is.

use std::fmt;

/// A day of the Gregorian calendar, 0001..9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A text read as a date: the day in Moscow, and whether a time stood behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day; where the text names a zone, the day it then is in Moscow.
    pub date: Date,
    /// Whether the text has a time of day.
    pub timed: bool,
}

/// Moscow is UTC+3 all year round since 2014.
const MOSCOW_MINUTES: i32 = 180;

impl Date {
    /// A day that exists.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1..=9999).contains(&year) && day >= 1 && day <= days).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`, a wall clock without a zone (Moscow is meant), or RFC 3339.
    ///
    /// ```
    /// use chek54::Date;
    /// assert_eq!(Date::parse("2025-12-31T23:30:00Z"), Date::new(2026, 1, 1));
    /// assert_eq!(Date::parse("2026-02-30"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        moment(text).map(|moment| moment.date)
    }

    fn shifted(self, days: i32) -> Option<Self> {
        match days {
            0 => Some(self),
            1.. => Self::new(self.year, self.month, self.day + 1)
                .or_else(|| Self::new(self.year, self.month + 1, 1))
                .or_else(|| Self::new(self.year + 1, 1, 1)),
            _ if self.day > 1 => Self::new(self.year, self.month, self.day - 1),
            _ if self.month > 1 => (28..=31).rev().find_map(|day| Self::new(self.year, self.month - 1, day)),
            _ => Self::new(self.year - 1, 12, 31),
        }
    }
}

/// Reads a date or a date with a time; see [`Date::parse`].
pub fn moment(text: &str) -> Option<Moment> {
    let date = |text: &str| {
        let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..10)?);
        let dashes = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        Date::new(number(year)?, number(month)? as u8, number(day)? as u8).filter(|_| dashes)
    };
    let day = date(text)?;
    let Some(clock) = text.get(10..).filter(|rest| !rest.is_empty()) else {
        return Some(Moment { date: day, timed: false });
    };
    let clock = clock.strip_prefix(['T', 't', ' '])?;
    let (hour, minute) = (number(clock.get(..2)?)?, number(clock.get(3..5)?)?);
    if hour > 23 || minute > 59 || clock.get(2..3) != Some(":") {
        return None;
    }
    let mut rest = clock.get(5..)?;
    if let Some(seconds) = rest.strip_prefix(':') {
        number(seconds.get(..2)?).filter(|second| *second <= 60)?;
        rest = seconds.get(2..)?;
        if let Some(fraction) = rest.strip_prefix('.') {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == fraction.len() {
                return None;
            }
        }
    }
    let offset = match rest.as_bytes() {
        [] => MOSCOW_MINUTES,
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let (hours, minutes) = (number(rest.get(1..3)?)?, number(rest.get(4..6)?)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            i32::from(hours * 60 + minutes) * if *sign == b'-' { -1 } else { 1 }
        }
        _ => return None,
    };
    let minutes = i32::from(hour * 60 + minute) - offset + MOSCOW_MINUTES;
    day.shifted(minutes.div_euclid(24 * 60)).map(|date| Moment { date, timed: true })
}

/// Reads `DD.MM.YYYY`, the form of tags 1243 and 1263.
pub fn dotted(text: &str) -> Option<Date> {
    let form = text.len() == 10 && text.get(2..3) == Some(".") && text.get(5..6) == Some(".");
    let part = |range| text.get(range).and_then(number);
    Date::new(part(6..10)?, part(3..5)? as u8, part(0..2)? as u8).filter(|_| form)
}

/// The wall clock of a number of seconds since 1970, as fiscal documents count them (tags 1012, 1178, 1273): from the
/// local clock, so no zone comes in. `None` beyond the four bytes that they have.
pub fn of_seconds(seconds: i64) -> Option<String> {
    let seconds = u32::try_from(seconds).ok()?;
    // Four years from a March on are 1461 days: the leap day comes last, and 2100, which has none, is put in as one.
    let (days, rest) = (seconds / 86_400 + 671, seconds % 86_400);
    let days = days + u32::from(days >= 48_212);
    let (fours, day) = (days / 1461, days % 1461);
    let year = day.min(1459) / 365;
    let (year, day) = (fours * 4 + year, day - year * 365);
    let month = (day * 5 + 2) / 153;
    let (day, year) = (day - (month * 153 + 2) / 5 + 1, 1968 + year + u32::from(month > 9));
    let month = if month > 9 { month - 9 } else { month + 3 };
    let mut clock = year.to_string();
    for (sign, part) in [('-', month), ('-', day), ('T', rest / 3600), (':', rest / 60 % 60), (':', rest % 60)] {
        clock.extend([sign, char::from(b'0' + (part / 10) as u8), char::from(b'0' + (part % 10) as u8)]);
    }
    Some(clock)
}

/// A date with a time as the model prints the register's clock: `T` between the two, seconds, no fraction of one; the
/// zone stays where there is one. `None` of what is no such date, or has no time.
pub fn clock(text: &str) -> Option<String> {
    moment(text).filter(|moment| moment.timed)?;
    let mut clock = [text.get(..10)?, "T", text.get(11..16)?].concat();
    let mut rest = text.get(16..)?;
    match rest.strip_prefix(':') {
        Some(seconds) => {
            clock.extend([":", seconds.get(..2)?]);
            rest = seconds.get(2..)?.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
        }
        None => clock.push_str(":00"),
    }
    Some(clock + rest)
}

/// Seconds since 1970 of a wall clock taken for UTC, as fiscal documents count them: of a zone, nothing is said there.
pub fn unix(text: &str) -> Option<u64> {
    moment(text)?;
    // All that is looked at are digits, or is not there.
    let digit = |at: usize| text.as_bytes().get(at).map_or(0, |byte| u64::from(byte.wrapping_sub(b'0')));
    let part = |at: usize| digit(at) * 10 + digit(at + 1);
    let (year, month, day) = (part(0) * 100 + part(2), part(5), part(8));
    if year < 1970 {
        return None;
    }
    // Years from March on, so that the day that leap years have is the last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1;
    let second = if text.get(16..17) == Some(":") { part(17) } else { 0 };
    let seconds = (days - EPOCH) * DAY + part(11) * 3600 + part(14) * 60 + second;
    (seconds <= u32::MAX.into()).then_some(seconds)
}

const DAY: u64 = 24 * 60 * 60;
/// The days from 0000-03-01 to 1970-01-01.
const EPOCH: u64 = 719_468;

fn number(digits: &str) -> Option<u16> {
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// `YYYY-MM-DD`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (text, date) in [
            ("2026-01-05", "2026-01-05"),
            ("2026-01-05T00:30", "2026-01-05"),
            ("2026-01-05 23:59:59", "2026-01-05"),
            ("2025-12-31T21:00:00Z", "2026-01-01"),
            ("2025-12-31T20:59:59.999Z", "2025-12-31"),
            ("2026-01-01T00:30:00+05:00", "2025-12-31"),
            ("2024-03-01T01:00:00+07:00", "2024-02-29"),
            ("2026-04-30T23:00:00-03:00", "2026-05-01"),
        ] {
            assert_eq!(Date::parse(text).map(|d| d.to_string()).as_deref(), Some(date), "{text}");
        }
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2025-02-29",
            "26-01-05",
            "2026-01-05T",
            "2026-01-05T25:00",
            "2026-01-05T10:00:00.",
            "2026-01-05T10:00+3",
            "2026/01/05",
            "2026-01-05X",
            "٢٠٢٦-01-05",
            "0000-01-01",
            "2026-01-05T10:00:00+99:00",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert_eq!(dotted("21.11.2023"), Date::new(2023, 11, 21));
        assert_eq!(dotted("2023-11-21"), None);
        assert_eq!(Date::parse("9999-12-31T23:59:00-12:00"), None);
        assert_eq!(Date::parse("0001-01-01T00:00:00+12:00"), None);
    }

    #[test]
    fn clocks() {
        for (seconds, clock) in [
            (0, "1970-01-01T00:00:00"),
            (951_782_400, "2000-02-29T00:00:00"),
            (1_546_300_799, "2018-12-31T23:59:59"),
            (1_546_300_800, "2019-01-01T00:00:00"),
            (1_596_782_760, "2020-08-07T06:46:00"),
            (1_767_225_599, "2025-12-31T23:59:59"),
            (4_294_967_295, "2106-02-07T06:28:15"),
        ] {
            assert_eq!(of_seconds(seconds).as_deref(), Some(clock), "{seconds}");
        }
        assert_eq!((of_seconds(-1), of_seconds(4_294_967_296), of_seconds(i64::MAX)), (None, None, None));
        for (text, expected) in [
            ("2026-01-05T10:07", Some("2026-01-05T10:07:00")),
            ("2026-01-05 10:07:08.250", Some("2026-01-05T10:07:08")),
            ("2026-01-05T10:07:08+03:00", Some("2026-01-05T10:07:08+03:00")),
            ("2026-01-05T10:07Z", Some("2026-01-05T10:07:00Z")),
            ("2026-01-05", None),
            ("2026-01-05T10:07:08.", None),
            ("сегодня", None),
        ] {
            assert_eq!(clock(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn seconds_of_a_wall_clock() {
        for (text, seconds) in [
            ("1970-01-01", 0),
            ("2000-02-29T23:59:59", 951_868_799),
            ("2026-01-05T12:30:00", 0x695b_aec8),
            ("2100-03-01", 4_107_542_400),
            ("2106-02-07T06:28:15", u32::MAX.into()),
        ] {
            assert_eq!(unix(text), Some(seconds), "{text}");
            let whole = format!("{text}T00:00:00");
            assert_eq!(of_seconds(seconds as i64).as_deref(), Some(if text.len() == 10 { &whole } else { text }));
        }
        for text in ["2026-01-05T12:30:00+05:00", "2026-01-05 12:30+05:00", "2026-01-05T12:30Z"] {
            assert_eq!(unix(text), Some(0x695b_aec8), "{text}");
        }
        assert_eq!((unix("1969-12-31"), unix("2106-02-07T06:28:16"), of_seconds(-1)), (None, None, None));
        for day in 0..47_482 {
            let text = of_seconds((day * DAY) as i64).expect("a day");
            assert_eq!(unix(&text), Some(day * DAY), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn seconds_are_read_as_they_are_written(seconds: u32) {
            let text = of_seconds(seconds.into()).unwrap();
            proptest::prop_assert_eq!(clock(&text), Some(text.clone()));
            let rest = u32::from(number(text.get(11..13).unwrap()).unwrap()) * 3600
                + u32::from(number(text.get(14..16).unwrap()).unwrap()) * 60
                + u32::from(number(text.get(17..19).unwrap()).unwrap());
            proptest::prop_assert_eq!(rest, seconds % 86_400);
            let next = of_seconds(i64::from(seconds) + 86_400);
            proptest::prop_assert!(next.is_none_or(|next| Date::parse(&next) == Date::parse(&text).and_then(|date| date.shifted(1))));
        }

        #[test]
        fn any_text_is_an_answer(text in "[0-9T:Z+. -]{0,30}|\\PC{0,30}") {
            let _ = (moment(&text), dotted(&text), clock(&text), unix(&text));
        }
    }
}
