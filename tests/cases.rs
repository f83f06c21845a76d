//! Walks the cases of `examples/`: each a call with its input, and in `examples/out/` what it has to answer.
//! `UPDATE=1 cargo test --test cases` writes the answers anew, for review as a diff.

mod answer;

use answer::{parsed, plain, value};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn answer(case: &Value) -> Value {
    // Either the raw text, which may be no JSON at all, or the value it says.
    let text = case["text"].as_str().map_or_else(|| case["input"].to_string(), str::to_owned);
    let options = case.get("options").map_or_else(|| "{}".to_owned(), Value::to_string);
    let with = case["with"].as_str().unwrap_or("cloudkassir");
    match case["call"].as_str() {
        Some("check") => {
            let mut report = value(&chek54::call::check(&text, &options));
            if report["ok"] == true {
                report["receipt"] = serde_json::from_str(&chek54::call::read(&text)).expect("JSON");
            }
            report
        }
        Some("encode") => value(&chek54::call::encode(&text, with, &options)),
        Some(call @ ("build" | "totals" | "split" | "refund" | "capture" | "settle" | "correct")) => {
            let second = case.get("second").map_or_else(String::new, Value::to_string);
            serde_json::from_str(&chek54::call::make(call, &text, &second, &options)).expect("JSON")
        }
        Some("diff") => value(&chek54::call::diff(&text, &case["fiscal"].to_string(), &options)),
        Some("decode") => value(&chek54::call::decode(&text, with, &options)),
        Some("receiptTags") => parsed(&chek54::call::receipt_tags(&text, &options)),
        Some("encodeTlv") => value(&chek54::call::encode_tlv(&text)),
        Some("decodeTlv") => parsed(&chek54::call::decode_tlv(&text, &options)),
        Some("preview") => shown(&text, case.get("options")),
        Some("tags") => parsed(&chek54::call::tags(&options)),
        Some(call @ "formatQr") => value(&chek54::call::ask(call, "", &case["args"][0].to_string())),
        Some(call) => {
            let args = case["args"].as_array().unwrap_or_else(|| panic!("no such call: {call}"));
            let mut given = args.get(1).cloned().unwrap_or_else(|| serde_json::json!({}));
            // A code stands before its options.
            if !given.is_object() {
                let mut options = args.get(2).cloned().unwrap_or_else(|| serde_json::json!({}));
                options["code"] = given;
                given = options;
            }
            value(&chek54::call::ask(call, args[0].as_str().expect("a name"), &given.to_string()))
        }
        None => panic!("no call"),
    }
}

/// A preview as text and as SVG, in lines that a diff shows; where a case says as what, the plain answer.
fn shown(text: &str, options: Option<&Value>) -> Value {
    let options = options.cloned().unwrap_or_else(|| serde_json::json!({}));
    if options.get("as").is_some() {
        return parsed(&chek54::call::preview(text, &options.to_string()));
    }
    let lines = |form: &str| {
        let mut options = options.clone();
        options["as"] = form.into();
        let shown = parsed(&chek54::call::preview(text, &options.to_string()));
        let shown = shown["value"].as_str().unwrap_or_else(|| panic!("{shown}")).replace("><", ">\n<");
        shown.split('\n').map(Value::from).collect::<Vec<_>>()
    };
    serde_json::json!({ "text": lines("text"), "svg": lines("svg") })
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("readable").path());
    let mut files: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect();
    files.sort();
    files
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_case_answers_as_it_is_written() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let update = env::var_os("UPDATE").is_some();
    let cases = json_files(&examples);
    assert!(cases.len() >= 40, "only {} cases in {}", cases.len(), examples.display());
    let mut wrong = Vec::new();
    for path in &cases {
        let name = path.file_name().expect("a file");
        let (got, expected) = (answer(&read(path)), examples.join("out").join(name));
        if update {
            let text = serde_json::to_string_pretty(&got).expect("serialisable");
            fs::write(&expected, text + "\n").expect("writable");
        } else if !expected.exists() {
            wrong.push(format!("{}: no answer is written", expected.display()));
        } else if plain(read(&expected)) != got {
            wrong.push(format!("{}:\n{got:#}", expected.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let answers = json_files(&examples.join("out"));
    assert_eq!(answers.len(), cases.len(), "an answer without a case");
}
