//! A kustomization of any shape builds or is refused.
//!
//! An input is a kustomization, a resource, a patch and the kustomization of a base, with a zero byte between.
#![no_main]

use hullmark::render::kustomize::engine::Engine;
use hullmark::render::kustomize::files::{Entry, Files};
use libfuzzer_sys::fuzz_target;

const PATHS: [&str; 4] = [
    "kustomization.yaml",
    "a.yaml",
    "patch.yaml",
    "base/kustomization.yaml",
];

/// The texts of [`PATHS`].
struct Texts<'a>(Vec<&'a [u8]>);

impl Files for Texts<'_> {
    fn entry(&self, path: &str) -> Option<Entry> {
        let is_folder = path.is_empty() || path == "base";
        let real = path.to_owned();
        (is_folder || PATHS.contains(&path)).then_some(Entry { is_folder, real })
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let number = PATHS.iter().position(|known| *known == path);
        let text = number.and_then(|number| self.0.get(number));
        Ok(text.ok_or("is not there")?.to_vec())
    }

    fn inside(&self, _: &str) -> Option<String> {
        None
    }
}

fuzz_target!(|bytes: &[u8]| {
    let texts = Texts(bytes.splitn(PATHS.len(), |byte| *byte == 0).collect());
    _ = Engine::new(&texts, None).build("");
});
