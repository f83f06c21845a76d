//! Requests of CloudKassir out and in again: what `decode` reads of a body, `encode` writes, and `decode` reads the same.

mod answer;

use answer::value;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::{env, fs};

/// The receipt with everything filled in that has a default: a body cannot leave it out.
fn completed(receipt: &Value) -> Value {
    serde_json::from_str(&chek54::call::read(&receipt.to_string())).expect("JSON")
}

/// The bodies of the decode cases, with the options they are read with.
fn requests() -> Vec<(String, Value, String)> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(&examples).expect("examples/").map(|entry| entry.expect("readable").path());
    let mut found: Vec<_> = entries
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned();
            let case: Value = serde_json::from_str(&fs::read_to_string(&path).expect("readable")).expect("JSON");
            let text = case["text"].as_str().map_or_else(|| case["input"].to_string(), str::to_owned);
            let Value::Object(body) = serde_json::from_str(&text).ok()? else { return None };
            let is_request =
                |key: &String| ["customerreceipt", "correctionreceiptdata"].contains(&&*key.to_lowercase());
            // Bodies that leave out what the model cannot do without.
            let readable = !["decode-values-that-are-none", "decode-correction-without-kind"].contains(&&*name);
            (case["call"] == "decode" && readable && body.keys().any(is_request)).then(|| {
                let options = case.get("options").cloned().unwrap_or_else(|| json!({}));
                (name, options, text)
            })
        })
        .collect();
    found.sort_by(|one, other| one.0.cmp(&other.0));
    found
}

/// Options of `encode` that put back what `decode` took out of the body.
fn around(decoded: &Value, version: &str) -> Value {
    let mut options = Map::new();
    options.insert("version".into(), version.into());
    options.insert("inn".into(), decoded["receipt"]["seller"]["inn"].clone());
    for name in ["invoiceId", "accountId", "deviceNumber"] {
        match &decoded["envelope"][name] {
            Value::Null => {}
            Value::String(text) => drop(options.insert(name.into(), text.clone().into())),
            other => drop(options.insert(name.into(), other.to_string().into())),
        }
    }
    Value::Object(options)
}

#[test]
fn a_request_read_and_written_is_the_same_in_meaning() {
    let requests = requests();
    assert!(requests.len() >= 10, "only {} requests", requests.len());
    let mut wrong = Vec::new();
    for (name, options, text) in requests {
        let once = value(&chek54::call::decode(&text, "cloudkassir", &options.to_string()))["value"].clone();
        // The version whose body it is: a correction that names its register is of 3.3.7 at the latest.
        let old = name.ends_with("3-3-7") || !once["envelope"]["deviceNumber"].is_null();
        let version = options["version"].as_str().unwrap_or(match &*name {
            "decode-seed-3-0" => "3.0",
            _ if old => "3.3.7",
            _ => "3.4.5",
        });
        // Rates came after 3.3.7, and decode takes them in any body; to be written they need a version that has them.
        let version = if once.to_string().contains("vat22") { "3.4.5" } else { version };
        let options = around(&once, version).to_string();
        let encoded = value(&chek54::call::encode(&once["receipt"].to_string(), "cloudkassir", &options));
        let body = &encoded["value"]["body"];
        let losses = encoded["value"]["losses"].as_array();
        if !losses.is_some_and(Vec::is_empty) {
            wrong.push(format!("{name} as {version}: {encoded:#}"));
        }
        if !body.is_object() {
            continue;
        }
        // The version of the fiscal document is not in the body: the caller knows it.
        let again = json!({ "ffd": once["receipt"]["ffd"], "version": version }).to_string();
        let twice = value(&chek54::call::decode(&body.to_string(), "cloudkassir", &again))["value"].clone();
        let said = |decoded: &Value| {
            let text = |id: &Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            let ids = ["invoiceId", "accountId", "deviceNumber"].map(|name| text(&decoded["envelope"][name]));
            json!({ "receipt": completed(&decoded["receipt"]), "ids": ids })
        };
        if said(&twice) != said(&once) || twice["extra"] != json!([]) {
            wrong.push(format!("{name} as {version}: {body:#}\nonce {:#}\ntwice {twice:#}", said(&once)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_written_is_read_as_it_was() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let (mut seen, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(&examples).expect("examples/") {
        let path = entry.expect("readable").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !name.starts_with("encode-") {
            continue;
        }
        let case: Value = serde_json::from_str(&fs::read_to_string(&path).expect("readable")).expect("JSON");
        let text = case["text"].as_str().map_or_else(|| case["input"].to_string(), str::to_owned);
        let encoded = value(&chek54::call::encode(&text, "cloudkassir", &case["options"].to_string()));
        // What the form could not carry cannot come back.
        if !encoded["value"]["losses"].as_array().is_some_and(Vec::is_empty) {
            continue;
        }
        let mut expected: Value = serde_json::from_str(&chek54::call::read(&text)).expect("JSON");
        let options = json!({ "version": case["options"].get("version"), "ffd": expected["ffd"] }).to_string();
        let body = encoded["value"]["body"].to_string();
        let decoded = value(&chek54::call::decode(&body, "cloudkassir", &options))["value"].clone();
        as_cloudkassir_has_it(&mut expected, &case["options"]["inn"]);
        let normal = |receipt: &Value| dated(completed(receipt));
        if normal(&decoded["receipt"]) != normal(&expected) || decoded["extra"] != json!([]) {
            wrong.push(format!("{name}: {body}\nexpected {}\ngot {}", normal(&expected), normal(&decoded["receipt"])));
        }
        seen += 1;
    }
    assert!(seen >= 10, "only {seen} of the encode cases are without loss");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The seller is its INN alone, what FFD 1.05 says once for all stands at the items, and a correction has a day.
fn as_cloudkassir_has_it(receipt: &mut Value, inn: &Value) {
    if let Some(day) = receipt["correction"]["date"].as_str().and_then(chek54::Date::parse) {
        receipt["correction"]["date"] = day.to_string().into();
    }
    if inn.is_string() {
        receipt["seller"] = json!({ "inn": inn });
    }
    let (agent, phones) = (receipt["agent"].clone(), receipt["supplier"]["phones"].clone());
    let hex = receipt["ffd"] != "1.2";
    for item in receipt["items"].as_array_mut().into_iter().flatten() {
        if agent.is_object() && item["agent"].is_null() {
            item["agent"] = agent.clone();
        }
        if phones.is_array() && item["supplier"]["phones"].is_null() {
            item["supplier"]["phones"] = phones.clone();
        }
        if hex && item["mark"]["code"].is_string() {
            let code = item["mark"]["code"].as_str().expect("a string");
            item["mark"] = json!({ "hex": code.bytes().map(|byte| format!("{byte:02x}")).collect::<String>() });
        }
    }
    if agent.is_object() {
        receipt["agent"] = json!({ "kind": agent["kind"] });
    }
    if let Value::Object(receipt) = receipt {
        receipt.remove("supplier");
        receipt.remove("fiscal");
    }
}

/// Dates of documents in one form.
fn dated(mut receipt: Value) -> Value {
    fn walk(value: &mut Value) {
        match value {
            Value::Object(members) => {
                for (key, member) in members.iter_mut() {
                    match member.as_str().map(|text| text.split('.').collect::<Vec<_>>()).as_deref() {
                        Some([day, month, year]) if key == "documentDate" => {
                            *member = Value::String(format!("{year}-{month}-{day}"));
                        }
                        _ => walk(member),
                    }
                }
            }
            Value::Array(elements) => elements.iter_mut().for_each(walk),
            _ => {}
        }
    }
    walk(&mut receipt);
    receipt
}
