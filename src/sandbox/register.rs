//! A cash register: what makes a receipt fiscal.

use super::answer::moscow;
use super::seed::{Seed, digest};
use crate::qr::{ParsedQr, format_qr};
use crate::receipt::{Fiscal, Receipt, Seller};
use crate::rnm;
use crate::vocab::{OFD, Row, Taxation};

/// The register of CloudKassir's documents (kkt/state/get): its three numbers agree.
pub(super) const DOCUMENTED: (&str, &str, &str) = ("7708806062", "01801810008669", "9999078902005454");
/// The place of settlement and the address of a register that nobody registered, as the documents have them.
pub(super) const SITE: &str = "www.my.ru";
pub(super) const ADDRESS: &str = "117342, Москва, ул. Бутлерова, 17Б";
/// A storage of fifteen months.
const STORAGE_LASTS: u64 = 450 * DAY;
/// How many documents a storage holds.
const STORAGE_HOLDS: u64 = 250_000;
const DAY: u64 = 24 * 60 * 60 * 1000;

/// One register.
#[derive(Debug)]
pub(super) struct Register {
    pub inn: String,
    pub serial: String,
    pub fn_: String,
    pub rnm: String,
    pub ofd: &'static Row,
    pub site: String,
    pub email: Option<String>,
    /// The tax systems it is registered with; none: every one.
    pub taxation: Vec<Taxation>,
    /// Whether it makes strict reporting forms, or receipts; none: both.
    pub bso: Option<bool>,
    pub on_maintenance: bool,
    /// From when on it is fiscal.
    pub fiscal_from: u64,
    /// When its fiscal storage expires.
    pub storage_until: u64,
    seed: u64,
    day: Option<u64>,
    shift: u64,
    number: u64,
    fd: u64,
}

impl Register {
    /// One that is fiscal already; its numbers, where none are given, come of the seed.
    pub fn new(inn: &str, serial: Option<&str>, fn_: Option<&str>, now: u64, seed: &mut Seed) -> Self {
        let serial = serial.map_or_else(|| ["018018", &seed.digits(8)].concat(), str::to_owned);
        let sequence = if serial == DOCUMENTED.1 { "0000000370".into() } else { ["00000", &seed.digits(5)].concat() };
        let check = rnm::check(&sequence, inn, &serial);
        Self {
            fn_: fn_.map_or_else(|| ["9999078", &seed.digits(9)].concat(), str::to_owned),
            rnm: format!("{sequence}{check:06}"),
            inn: inn.to_owned(),
            serial,
            ofd: OFD.rows.iter().find(|row| row.name == "FirstOfd").unwrap_or(&OFD.rows[0]),
            site: SITE.into(),
            email: None,
            taxation: Vec::new(),
            bso: None,
            on_maintenance: false,
            fiscal_from: 0,
            storage_until: now + STORAGE_LASTS,
            seed: seed.next(),
            day: None,
            shift: seed.within(1, 400),
            number: 0,
            fd: seed.within(100, 90_000),
        }
    }

    /// Percent of the fiscal storage that are full.
    pub fn occupied(&self) -> u64 {
        self.fd * 100 / STORAGE_HOLDS
    }

    /// Makes a receipt fiscal: its marks, and whose register it was.
    pub fn print(&mut self, receipt: &mut Receipt, id: &str, copy: impl Fn(&str) -> String, now: u64) {
        // Days of Moscow: a shift is at most 24 hours, and its end and the next beginning are documents too.
        let day = (now + 3 * 3_600_000) / DAY;
        if self.day.replace(day).is_some_and(|before| before != day) {
            self.shift += 1;
            self.number = 0;
            self.fd += 2;
        }
        self.fd += 1;
        self.number += 1;
        let (date_time, total) = (moscow(now), receipt.total());
        let fd = self.fd.to_string();
        let content = digest(self.seed, &[&self.fn_, &fd, &date_time, &total.to_string()]);
        let fp = (content as u32).max(1).to_string();
        let code = ParsedQr {
            fields: Default::default(),
            date_time: date_time.clone(),
            total,
            fn_: self.fn_.clone(),
            fd: fd.clone(),
            fp: fp.clone(),
            operation: receipt.operation,
        };
        let qr = format_qr(&code).unwrap_or_default();
        let seller = receipt.seller.get_or_insert_with(Seller::default);
        seller.inn = Some(self.inn.clone());
        receipt.fiscal = Some(Fiscal {
            fn_: self.fn_.clone(),
            fd,
            fp,
            rnm: Some(self.rnm.clone()),
            serial: Some(self.serial.clone()),
            shift: Some(self.shift),
            number: Some(self.number),
            date_time,
            total,
            ofd: Some(self.ofd.ru.to_owned()),
            url: Some(copy(&qr)),
            qr: Some(qr),
            id: Some(id.to_owned()),
        });
    }
}
