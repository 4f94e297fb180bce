//! Where the configuration comes from: `initializationOptions`, then what the client pushes or is asked for.

use super::backend::Shared;
use super::documentation;
use super::state::lock;
use crate::config::{Config, Locale, SECTION};
use crate::rules;
use serde_json::Value;
use std::sync::Mutex;
use tower_lsp::ls_types::MessageType;

/// What later readings of the configuration build on.
#[derive(Debug, Default)]
pub(super) struct Settings {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// Defaults and `initializationOptions`.
    base: Config,
    /// The language of the client's user interface.
    locale: Option<String>,
    /// Counts the readings asked for: only the newest reply counts.
    asked: u64,
    /// The problems shown last: the same ones are not shown again.
    shown: Vec<String>,
}

/// Takes `initializationOptions`, which may be the section itself or hold it under its name.
pub(super) fn initialize(shared: &Shared, options: Option<Value>, locale: Option<String>) {
    let section = options.map(|options| section_of(&options).unwrap_or(options));
    let (base, problems) = Config::default().updated(&section.unwrap_or_default());
    {
        let mut inner = lock(&shared.settings.inner);
        inner.base = base.clone();
        inner.locale = locale;
    }
    take(shared, base, problems);
}

/// Asks the client for the configuration and to be told of changes, where it can.
pub(super) fn subscribe(shared: &Shared) {
    let Some(client) = shared.state.client() else {
        return;
    };
    if client.registers_configuration {
        shared.outgoing.register_configuration(SECTION);
    }
    if client.pulls_configuration {
        pull(shared);
    } else {
        documentation::settings_are_known(shared);
    }
}

/// The client says that the configuration changed, and may have sent it along.
pub(super) fn changed(shared: &Shared, settings: &Value) {
    if let Some(section) = section_of(settings) {
        update(shared, &section);
    } else if shared
        .state
        .client()
        .is_some_and(|client| client.pulls_configuration)
    {
        pull(shared);
    }
}

fn pull(shared: &Shared) {
    let asked = {
        let mut inner = lock(&shared.settings.inner);
        inner.asked += 1;
        inner.asked
    };
    let for_reply = shared.clone();
    shared.outgoing.configuration(SECTION, move |section| {
        if lock(&for_reply.settings.inner).asked == asked {
            update(&for_reply, &section);
            documentation::settings_are_known(&for_reply);
        }
    });
}

fn update(shared: &Shared, section: &Value) {
    let base = lock(&shared.settings.inner).base.clone();
    let (config, problems) = base.updated(section);
    if take(shared, config, problems) {
        shared.check_all();
    }
}

/// Puts a configuration into effect and shows its problems; whether anything changed.
fn take(shared: &Shared, mut config: Config, mut problems: Vec<String>) -> bool {
    let rules = config.diagnostics_severity.keys();
    let unknown = rules.filter(|rule| rules::rule(rule).is_none());
    problems
        .extend(unknown.map(|rule| format!("`{SECTION}.diagnostics.severity`: there is no rule `{rule}`")));
    let client_snippets = shared.state.client().is_none_or(|client| client.snippets);
    config.completion_snippets &= client_snippets;
    if config.hover_locale == Locale::Auto {
        config.hover_locale = user_locale(lock(&shared.settings.inner).locale.as_deref());
    }
    let changed = config != *shared.state.config();
    if changed {
        shared.state.set_config(config);
    }
    let new = {
        let mut inner = lock(&shared.settings.inner);
        let new = !problems.is_empty() && problems != inner.shown;
        inner.shown.clone_from(&problems);
        new
    };
    if new {
        let message = format!("Settings of ros-lsp: {}", problems.join("; "));
        shared.outgoing.show(MessageType::WARNING, message);
    }
    changed
}

/// The part of the client's settings that is ours.
fn section_of(settings: &Value) -> Option<Value> {
    settings
        .get(SECTION)
        .filter(|section| !section.is_null())
        .cloned()
}

fn user_locale(locale: Option<&str>) -> Locale {
    match locale {
        Some(locale) if locale.to_ascii_lowercase().starts_with("zh") => Locale::ZhCn,
        _ => Locale::En,
    }
}
