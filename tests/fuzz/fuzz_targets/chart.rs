//! A chart of any shape renders or is refused, within its limits, and every byte of what it renders to leads somewhere.
//!
//! An input is a template, values and helpers, with a zero byte between.
#![no_main]

use hullmark::render::helm::chart::files::InMemory;
use hullmark::render::helm::render::{Options, render};
use libfuzzer_sys::fuzz_target;

const CHART: &str = "apiVersion: v2\nname: t\nversion: 0.1.0\n";

fuzz_target!(|bytes: &[u8]| {
    let mut parts = bytes.splitn(3, |byte| *byte == 0);
    let mut file = |path: &str| (path.to_owned(), parts.next().unwrap_or_default().to_vec());
    let mut files = vec![
        file("templates/a.yaml"),
        file("values.yaml"),
        file("templates/_helpers.tpl"),
    ];
    files.push(("Chart.yaml".to_owned(), CHART.as_bytes().to_vec()));
    let files = InMemory(files);
    for is_lenient in [false, true] {
        let options = Options {
            is_lenient,
            ..Options::default()
        };
        if let Ok(rendering) = render(&files, &options) {
            for document in &rendering.documents {
                for at in 0..document.text.len() {
                    let at = u32::try_from(at).expect("a text is bounded");
                    assert!(
                        document.text.origin_at(at).is_some(),
                        "byte {at} comes from nowhere"
                    );
                }
            }
        }
    }
});
