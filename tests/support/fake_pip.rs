//! A package index of made-up packages, and a `pip` that reads from it: success, failures and interruptions as files in the
//! index say.

use sha2::{Digest, Sha256};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Understands `--version` and `download … --dest DIR -r FILE`, with `name==version --hash=…` in each line.
const PIP: &str = r#"#!/bin/sh
index=$(dirname "$0")
pwd >>"$index/folders"
if [ "$1" = --version ]; then echo "pip 1"; exit 0; fi
arguments=$*
wanted=
while [ $# -gt 0 ]; do
    case $1 in
    --dest) dest=$2; shift ;;
    -r) while read -r each hash; do wanted="$wanted $each"; done <"$2"; shift ;;
    esac
    shift
done
echo "$arguments $wanted" >>"$index/calls"
if [ -e "$index/offline" ]; then
    echo "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<x at 0x7f>: no route to host')': /x/" >&2
    echo "ERROR: No matching distribution found" >&2
    exit 1
fi
for each in $wanted; do
    name=${each%%==*}
    [ -e "$index/$name.hang" ] && : >"$index/hanging"
    while [ -e "$index/$name.hang" ]; do sleep 0.05; done
    if [ -e "$index/$name.fail" ]; then
        echo "ERROR: No matching distribution found for $each" >&2
        exit 1
    fi
done
for each in $wanted; do
    file=$(echo "${each%%==*}" | tr - _)-${each##*==}-py3-none-any.whl
    cp "$index/$file" "$dest/$file" || exit 1
done
"#;

/// The index with its packages `ros-cdk-0` … in version 1.0.0, each of one type, and folders for what is installed from it.
/// The first type is a real one, `ALIYUN::ECS::VSwitch` with `VSwitchName`.
pub(crate) struct Index {
    folder: TempDir,
    pub(crate) names: Vec<String>,
}

impl Index {
    pub(crate) fn of(packages: usize) -> Index {
        let folder = tempfile::tempdir().expect("a folder");
        let names: Vec<String> = (0..packages).map(|number| format!("ros-cdk-{number}")).collect();
        let mut list = String::new();
        for (number, name) in names.iter().enumerate() {
            let wheel = wheel(name, number);
            let digest = Sha256::digest(&wheel);
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            list += &format!("{name} 1.0.0 {digest}\n");
            fs::write(folder.path().join(file_of(name)), wheel).expect("a file");
        }
        let index = Index { folder, names };
        index.put("packages.txt", &list);
        index.put("pip", PIP);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::Permissions::from_mode(0o755);
            fs::set_permissions(index.path("pip"), mode).expect("a program");
        }
        index
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).expect("it was there");
    }

    /// How often pip was called to download.
    pub(crate) fn calls(&self) -> Vec<String> {
        let calls = fs::read_to_string(self.path("calls")).unwrap_or_default();
        calls.lines().map(str::to_owned).collect()
    }

    /// The wheel of a package, as it lies in the index and in the cache.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path(&file_of(name))
    }

    pub(crate) fn cached(&self, name: &str) -> bool {
        self.path("cache").join(file_of(name)).exists()
    }

    pub(crate) fn packs(&self) -> PathBuf {
        self.path("packs")
    }

    /// Has a program fetch from here and install here.
    pub(crate) fn set(&self, command: &mut Command) {
        command
            .env("ROS_LSP_PIP", self.path("pip"))
            .env("ROS_LSP_PACKAGES", self.path("packages.txt"))
            .env("ROS_LSP_DOCS", self.packs())
            .env("ROS_LSP_CACHE", self.path("cache"));
    }
}

/// Waits until a file is there.
pub(crate) fn wait_for(path: &Path) {
    let begin = std::time::Instant::now();
    while !path.exists() {
        assert!(begin.elapsed().as_secs() < 60, "no sign of {}", path.display());
        std::thread::yield_now();
    }
}

fn file_of(name: &str) -> String {
    format!("{}-1.0.0-py3-none-any.whl", name.replace('-', "_"))
}

/// A package as it is published: a tarball of JavaScript and doc strings inside a wheel.
fn wheel(name: &str, number: usize) -> Vec<u8> {
    let (type_name, property) = match number {
        0 => ("ALIYUN::ECS::VSwitch".to_owned(), "VSwitchName"),
        _ => (format!("ALIYUN::X{number}::Thing"), "Size"),
    };
    let module = format!(
        "function RosThingPropsValidator(properties) {{\n    \
         errors.collect(ros.propertyValidator('size', ros.validateString)(properties.size));\n}}\n\
         function rosThingPropsToRosTemplate(properties) {{\n    return {{\n        \
         '{property}': ros.stringToRosTemplate(properties.size),\n    }};\n}}\n\
         class RosThing extends ros.RosResource {{\n}}\n\
         RosThing.ROS_RESOURCE_TYPE_NAME = \"{type_name}\";\n"
    );
    let assembly = format!(
        r#"{{"name": "x", "types": {{"x.RosThingProps": {{"kind": "interface", "properties": [
            {{"name": "size", "docs": {{"custom": {{"Property": "size: The made-up words of package {number}."}}}}}}]}}}}}}"#
    );
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(
        Vec::new(),
        flate2::Compression::fast(),
    ));
    for (path, text) in [
        ("package/.jsii", &assembly),
        ("package/lib/thing.generated.js", &module),
    ] {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        tar.append_data(&mut header, path, text.as_bytes())
            .expect("memory");
    }
    let tarball = tar
        .into_inner()
        .and_then(flate2::write::GzEncoder::finish)
        .expect("memory");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file(format!("x/_jsii/{name}@1.0.0.jsii.tgz"), options)
        .expect("memory");
    zip.write_all(&tarball).expect("memory");
    zip.finish().expect("memory").into_inner()
}
