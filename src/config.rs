//! Settings: the table of keys with their kinds, defaults and documentation, and reading them from JSON.
//!
//! Everything that names a setting comes from [`SETTINGS`]: reading, error messages, `docs/configuration.md`, the settings
//! of the VS Code extension.

use crate::catalog::suggest::nearest;
use crate::diagnostic::Severity;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The section of the client's configuration that holds all settings.
pub const SECTION: &str = "ros";

/// Parts of the section that belong to the editor clients: how to start the server, what to log.
pub const CLIENT_ONLY: &[&str] = &["server", "trace"];

/// What the user can set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub diagnostics_enable: bool,
    /// Rule id or name as the user wrote it → level. Ask through [`Config::level`].
    pub diagnostics_severity: BTreeMap<String, Level>,
    /// How long nobody must have typed for new findings to be shown, in milliseconds; 0: they are shown at once.
    pub diagnostics_typing_pause: u32,
    pub docs_offer: bool,
    pub hover_locale: Locale,
    pub completion_snippets: bool,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            diagnostics_enable: true,
            diagnostics_severity: BTreeMap::new(),
            diagnostics_typing_pause: 800,
            docs_offer: true,
            hover_locale: Locale::Auto,
            completion_snippets: true,
        }
    }
}

/// The severity that the user wants for a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    Off,
    Severity(Severity),
}

/// The language of descriptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Locale {
    /// The editor's language where there are descriptions in it, else English.
    Auto,
    En,
    ZhCn,
}

impl Locale {
    /// The language's tag.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::Auto | Locale::En => "en",
            Locale::ZhCn => "zh-CN",
        }
    }

    /// The language of a locale such as `zh_CN.UTF-8`: English where we have no texts in it.
    pub fn of(locale: &str) -> Locale {
        match locale.get(..2) {
            Some(language) if language.eq_ignore_ascii_case("zh") => Locale::ZhCn,
            _ => Locale::En,
        }
    }
}

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// The key within the section, with dots.
    pub key: &'static str,
    pub kind: Kind,
    /// As JSON.
    pub default: &'static str,
    /// A sentence or two of Markdown.
    pub about: &'static str,
    /// The same in Chinese.
    pub about_zh: &'static str,
    apply: fn(&mut Config, &Value) -> Result<(), Vec<String>>,
}

/// What values a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Boolean,
    /// A whole number from 0 up to this one.
    UpTo(u32),
    OneOf(&'static [&'static str]),
    /// An object whose values are among these.
    MapTo(&'static [&'static str]),
}

const LEVELS: &[&str] = &["error", "warning", "information", "hint", "off"];
/// Milliseconds; who wants to wait longer saves.
const LONGEST_PAUSE: u32 = 60_000;
const LOCALES: &[&str] = &["auto", "en", "zh-CN"];

/// All settings, by key.
pub static SETTINGS: &[Setting] = &[
    Setting {
        key: "completion.snippets",
        kind: Kind::Boolean,
        default: "true",
        about: "Completions may hold tab stops, where the editor supports them: a resource comes with its required \
                properties, a function with its arguments.",
        about_zh: "编辑器支持时，补全内容可带有占位符：资源带上必填属性，函数带上参数。",
        apply: |config, value| boolean(value, &mut config.completion_snippets),
    },
    Setting {
        key: "diagnostics.enable",
        kind: Kind::Boolean,
        default: "true",
        about: "Report problems while you edit.",
        about_zh: "编辑时报告问题。",
        apply: |config, value| boolean(value, &mut config.diagnostics_enable),
    },
    Setting {
        key: "diagnostics.severity",
        kind: Kind::MapTo(LEVELS),
        default: "{}",
        about: "Other severities for single rules, by id or name, for example \
                `{ \"ROS1005\": \"warning\", \"unused-parameter\": \"off\" }`.",
        about_zh: "按规则的编号或名称另设严重程度，例如 \
                   `{ \"ROS1005\": \"warning\", \"unused-parameter\": \"off\" }`。",
        apply: severities,
    },
    // Slow typists, at 20 words a minute, take 600 ms a key; who stops to look is answered within a second.
    Setting {
        key: "diagnostics.typingPause",
        kind: Kind::UpTo(LONGEST_PAUSE),
        default: "800",
        about: "How long to wait, in milliseconds after the last keystroke, before new problems are shown: until then they \
                may only be due to what is half-typed. An edit in another entry or saving shows them earlier; what is \
                solved goes at once. `0` shows everything at once.",
        about_zh: "最后一次按键之后等待多少毫秒再显示新问题：在此之前，问题可能只是因为内容尚未输完。\
                   编辑其他条目或保存文件会提前显示；已解决的问题立即消失。`0` 表示始终立即显示。",
        apply: |config, value| up_to(LONGEST_PAUSE, value, &mut config.diagnostics_typing_pause),
    },
    Setting {
        key: "docs.offer",
        kind: Kind::Boolean,
        default: "true",
        about: "Offer to install the official documentation on this computer where it is missing. It is never installed \
                without being asked for.",
        about_zh: "本机没有官方文档时，提示安装。未经确认不会自动安装。",
        apply: |config, value| boolean(value, &mut config.docs_offer),
    },
    Setting {
        key: "hover.locale",
        kind: Kind::OneOf(LOCALES),
        default: "\"auto\"",
        about: "The language of descriptions. `auto` follows the editor.",
        about_zh: "说明文字的语言。`auto` 表示与编辑器一致。",
        apply: |config, value| {
            one_of(value, LOCALES).map(|at| {
                config.hover_locale = [Locale::Auto, Locale::En, Locale::ZhCn][at];
            })
        },
    },
];

impl Config {
    /// This configuration with the values of `section`, the value of `ros` in the client's settings: nested objects or
    /// keys with dots. Absent keys and `null` leave a setting as it is. Also gives one message for each value that could
    /// not be taken, to be shown to the user.
    pub fn updated(&self, section: &Value) -> (Config, Vec<String>) {
        let mut config = self.clone();
        let mut problems = Vec::new();
        match section {
            Value::Null => {}
            Value::Object(section) => config.read(section, "", &mut problems),
            other => problems.push(format!("`{SECTION}` must be an object, not `{other}`")),
        }
        (config, problems)
    }

    /// The level that the user set for a rule, by its id or else its name.
    pub fn level(&self, id: &str, name: &str) -> Option<Level> {
        let by = |wanted: &str| {
            let mut all = self.diagnostics_severity.iter();
            all.find(|(key, _)| key.eq_ignore_ascii_case(wanted))
                .map(|(_, level)| *level)
        };
        by(id).or_else(|| by(name))
    }

    fn read(&mut self, group: &Map<String, Value>, prefix: &str, problems: &mut Vec<String>) {
        for (name, value) in group {
            let key = format!("{prefix}{name}");
            if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) {
                if !value.is_null()
                    && let Err(found) = (setting.apply)(self, value)
                {
                    problems.extend(
                        found
                            .into_iter()
                            .map(|found| format!("`{SECTION}.{key}` {found}")),
                    );
                }
            } else if CLIENT_ONLY.contains(&key.split('.').next().unwrap_or_default()) {
                continue;
            } else if let Value::Object(inner) = value
                && SETTINGS.iter().any(|setting| is_below(setting.key, &key))
            {
                self.read(inner, &format!("{key}."), problems);
            } else if !value.is_null() {
                problems.push(unknown(&key));
            }
        }
    }
}

/// The reference of all settings, as Markdown.
pub fn reference() -> String {
    let mut page = String::from(
        "# Configuration\n\n\
         <!-- Written from the table in src/config.rs: run `UPDATE_DOCS=1 cargo test --lib config`. -->\n\n\
         The server reads the section `ros` of the editor's settings. Editors without settings for language servers\n\
         can pass the same section as `initializationOptions`. Changes take effect at once.\n",
    );
    for setting in SETTINGS {
        let values = match setting.kind {
            Kind::Boolean => "`true`, `false`".to_owned(),
            Kind::UpTo(most) => format!("a whole number from 0 to {most}"),
            Kind::OneOf(values) => quoted(values),
            Kind::MapTo(values) => format!("an object with the values {}", quoted(values)),
        };
        page += &format!(
            "\n## `{SECTION}.{}`\n\n{}\n\nValues: {values}. Default: `{}`.\n",
            setting.key, setting.about, setting.default
        );
    }
    page
}

fn boolean(value: &Value, into: &mut bool) -> Result<(), Vec<String>> {
    let found = value.as_bool();
    *into = found.ok_or_else(|| vec![format!("must be `true` or `false`, not `{value}`")])?;
    Ok(())
}

fn up_to(most: u32, value: &Value, into: &mut u32) -> Result<(), Vec<String>> {
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    let found = number.filter(|number| *number <= most);
    *into = found.ok_or_else(|| vec![format!("must be a whole number from 0 to {most}, not `{value}`")])?;
    Ok(())
}

/// The index of the value among those allowed.
fn one_of(value: &Value, allowed: &[&str]) -> Result<usize, Vec<String>> {
    let found = value.as_str().and_then(|text| {
        allowed
            .iter()
            .position(|allowed| allowed.eq_ignore_ascii_case(text))
    });
    found.ok_or_else(|| vec![format!("must be one of {}, not `{value}`", quoted(allowed))])
}

fn severities(config: &mut Config, value: &Value) -> Result<(), Vec<String>> {
    let Value::Object(map) = value else {
        return Err(vec![format!(
            "must be an object from rule to severity, not `{value}`"
        )]);
    };
    let mut problems = Vec::new();
    config.diagnostics_severity.clear();
    for (rule, value) in map {
        match one_of(value, LEVELS) {
            Ok(at) => {
                let level = [
                    Level::Severity(Severity::Error),
                    Level::Severity(Severity::Warning),
                    Level::Severity(Severity::Information),
                    Level::Severity(Severity::Hint),
                    Level::Off,
                ][at];
                config.diagnostics_severity.insert(rule.clone(), level);
            }
            Err(found) => problems.extend(found.into_iter().map(|found| format!("of `{rule}` {found}"))),
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// Whether `key` stands in the group.
fn is_below(key: &str, group: &str) -> bool {
    key.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'))
}

fn unknown(key: &str) -> String {
    match nearest(key, SETTINGS.iter().map(|setting| setting.key)).first() {
        Some(near) => format!("`{SECTION}.{key}` is no setting; did you mean `{SECTION}.{near}`?"),
        None => format!("`{SECTION}.{key}` is no setting"),
    }
}

fn quoted(values: &[&str]) -> String {
    let quoted: Vec<String> = values.iter().map(|value| format!("`\"{value}\"`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(section: &Value) -> Config {
        let (config, problems) = Config::default().updated(section);
        assert!(problems.is_empty(), "{problems:?}");
        config
    }

    fn problems(section: &Value) -> Vec<String> {
        Config::default().updated(section).1
    }

    #[test]
    fn defaults_are_those_of_the_table() {
        for setting in SETTINGS {
            let default: Value = serde_json::from_str(setting.default).unwrap();
            assert_eq!(
                read(&json!({ setting.key: default })),
                Config::default(),
                "{}",
                setting.key
            );
        }
    }

    #[test]
    fn nested_and_dotted_keys_mean_the_same() {
        let nested = read(&json!({ "diagnostics": { "enable": false, "severity": { "ROS1005": "off" } } }));
        let dotted =
            read(&json!({ "diagnostics.enable": false, "diagnostics.severity": { "ROS1005": "off" } }));
        assert!(!nested.diagnostics_enable);
        assert_eq!(nested, dotted);
    }

    #[test]
    fn absent_and_null_values_leave_a_setting_as_it_is() {
        let quiet = read(&json!({ "diagnostics": { "enable": false } }));
        let (config, _) =
            quiet.updated(&json!({ "diagnostics": { "enable": null }, "hover": { "locale": "zh-cn" } }));
        assert!(!config.diagnostics_enable);
        assert_eq!(config.hover_locale, Locale::ZhCn);
        assert_eq!(quiet.updated(&Value::Null), (quiet.clone(), Vec::new()));
    }

    #[test]
    fn a_level_is_found_by_id_or_name() {
        let config =
            read(&json!({ "diagnostics": { "severity": { "ros1005": "hint", "unused-parameter": "off" } } }));
        let hint = Some(Level::Severity(Severity::Hint));
        assert_eq!(config.level("ROS1005", "undefined-reference"), hint);
        assert_eq!(config.level("ROS0801", "unused-parameter"), Some(Level::Off));
        assert_eq!(config.level("ROS0802", "unused-mapping"), None);
    }

    #[test]
    fn every_problem_is_told_and_the_rest_is_taken() {
        let section = json!({
            "completion": { "snippets": "no" },
            "diagnostics": {
                "enable": false,
                "severity": { "ROS1005": "fatal", "ROS0302": "off" },
                "typingPause": -1,
            },
            "hover": { "local": "en" },
            "colour": 1,
            "server": { "path": "x" },
        });
        let (config, problems) = Config::default().updated(&section);
        assert!(!config.diagnostics_enable);
        assert_eq!(config.level("ROS0302", ""), Some(Level::Off));
        assert_eq!(
            problems,
            [
                "`ros.completion.snippets` must be `true` or `false`, not `\"no\"`",
                "`ros.diagnostics.severity` of `ROS1005` must be one of `\"error\"`, `\"warning\"`, \
                 `\"information\"`, `\"hint\"`, `\"off\"`, not `\"fatal\"`",
                "`ros.diagnostics.typingPause` must be a whole number from 0 to 60000, not `-1`",
                "`ros.hover.local` is no setting; did you mean `ros.hover.locale`?",
                "`ros.colour` is no setting",
            ]
        );
    }

    #[test]
    fn a_section_that_is_no_object_is_a_problem() {
        assert_eq!(problems(&json!([1])), ["`ros` must be an object, not `[1]`"]);
        assert_eq!(
            problems(&json!({ "diagnostics": true })),
            ["`ros.diagnostics` is no setting; did you mean `ros.diagnostics.enable`?"]
        );
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(SETTINGS.is_sorted_by_key(|setting| setting.key));
    }

    #[test]
    fn the_reference_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, reference()).unwrap();
        }
        let page = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(page, reference(), "run `UPDATE_DOCS=1 cargo test --lib config`");
    }
}
