//! The data of the official agent's offline validator: the wheel of the PyPI package `iac-code`, by its pinned digest.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{self, Read};
use std::path::Path;

const NAME: &str = "iac-code";
const VERSION: &str = "0.16.0";
const DIGEST: &str = "7cdeb8a117f6947b787edaec6c07e6cc223c9f1888f94eee1e28f07291d1116b";
/// Folder of the validator's data in the wheel.
const DATA: &str = "iac_code/tools/cloud/aliyun/ros_validation/data";

/// What the wheel holds.
pub(crate) struct Contract {
    /// Values of `AssociationProperty`, the components behind them, their metadata.
    pub(crate) association: Value,
    /// Resource types, their attributes, what reading them gives.
    pub(crate) resources: Value,
    /// Name, version and digest of the package.
    pub(crate) source: Value,
}

/// Reads the wheel.
///
/// # Errors
/// When it can't be read, is another one than the pinned one, or lacks a file.
pub(crate) fn read(wheel: &Path) -> io::Result<Contract> {
    let bytes = std::fs::read(wheel)?;
    let digest: String = Sha256::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    if digest != DIGEST {
        let message = format!(
            "{} is not {NAME} {VERSION}: its digest is {digest}",
            wheel.display()
        );
        return Err(io::Error::other(message));
    }
    let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).map_err(io::Error::other)?;
    let mut file = |name: &str| -> io::Result<Value> {
        let mut text = String::new();
        let path = format!("{DATA}/{name}.json");
        archive
            .by_name(&path)
            .map_err(io::Error::other)?
            .read_to_string(&mut text)?;
        Ok(serde_json::from_str(&text)?)
    };
    Ok(Contract {
        association: file("ros_association_property_specs")?,
        resources: file("ros_resource_value_specs")?,
        source: json!({"package": NAME, "release": VERSION, "sha256": DIGEST}),
    })
}
