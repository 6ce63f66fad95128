//! What a person can see in the page: by role and accessible name, as assistive technology would.

use fantoccini::elements::{Element, ElementRef};
use fantoccini::error::CmdError;
use serde_json::{Value, json};

use crate::driver::Window;
use crate::wait::until;

/// How WebDriver marks an element in JSON.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Empties a field so that the page notices: React hears of values set through the element's own setter only.
const EMPTY: &str = "const [field] = arguments;
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, '');
    field.dispatchEvent(new Event('input', { bubbles: true }));";

/// How an accessible name is told.
#[derive(Clone, Copy, Debug)]
pub enum Name<'a> {
    /// The whole name.
    Is(&'a str),
    /// Its first words.
    Starts(&'a str),
    /// Some of its words.
    Has(&'a str),
    /// Whatever it is called.
    Any,
}

impl Name<'_> {
    fn parts(&self) -> (&str, &str) {
        match self {
            Self::Is(name) => (name, "exact"),
            Self::Starts(name) => (name, "starts"),
            Self::Has(name) => (name, "contains"),
            Self::Any => ("", "any"),
        }
    }
}

impl<'a> From<&'a str> for Name<'a> {
    fn from(name: &'a str) -> Self {
        Self::Is(name)
    }
}

/// Something in the page that can be used.
pub struct Seen<'w> {
    pub(crate) window: &'w Window<'w>,
    pub(crate) element: Element,
}

impl<'a> Window<'a> {
    /// Everything visible of this role and name, now.
    pub async fn all(&self, role: &str, name: impl Into<Name<'_>>) -> Vec<Seen<'_>> {
        self.within(None, role, name.into()).await
    }

    /// The first of this role and name, as soon as it can be seen.
    pub async fn see(&self, role: &str, name: impl Into<Name<'_>>) -> Seen<'_> {
        let name = name.into();
        until(&format!("{role} {name:?}"), || async move { self.within(None, role, name).await.into_iter().next() })
            .await
    }

    /// Waits until nothing of this role and name can be seen.
    pub async fn gone(&self, role: &str, name: impl Into<Name<'_>>) {
        let name = name.into();
        until(&format!("{role} {name:?} to go"), || async move {
            self.within(None, role, name).await.is_empty().then_some(())
        })
        .await;
    }

    /// Waits until the page says this anywhere.
    pub async fn reads(&self, words: &str) {
        until(&format!("the words {words:?}"), || async move {
            let text = self.script("return document.body.innerText", vec![]).await;
            text.as_str().is_some_and(|text| text.contains(words)).then_some(())
        })
        .await;
    }

    /// Clicks what is so called, as soon as it is there; again while it is there and did not take the click.
    pub async fn click(&self, role: &str, name: impl Into<Name<'_>>) {
        let name = name.into();
        let mut button = self.see(role, name).await;
        // WebDriver also reports a click as failed whose effect removed the button.
        while let Err(error) = button.element.click().await {
            eprintln!("clicking {role} {name:?}: {error}");
            let Some(again) = self.within(None, role, name).await.into_iter().next() else { return };
            button = again;
        }
    }

    /// Types into a field in place of what it holds.
    pub async fn fill(&self, label: impl Into<Name<'_>>, text: &str) {
        let label = label.into();
        until(&format!("field {label:?} to take its text"), || async move {
            self.see("textbox", label).await.fill(text).await.ok()
        })
        .await;
    }

    pub(crate) async fn within(&self, root: Option<&Element>, role: &str, name: Name<'_>) -> Vec<Seen<'_>> {
        let (wanted, how) = name.parts();
        let root = root.map_or(Value::Null, reference);
        // A page that is just being replaced has nothing to see.
        let found = self
            .client
            .execute(include_str!("find.js"), vec![json!(role), json!(wanted), json!(how), root])
            .await
            .unwrap_or_default();
        let ids = found.as_array().cloned().unwrap_or_default();
        ids.iter()
            .filter_map(|id| id[ELEMENT].as_str())
            .map(|id| Seen {
                window: self,
                element: Element::from_element_id(self.client.clone(), ElementRef::from(id.to_owned())),
            })
            .collect()
    }
}

impl<'w> Seen<'w> {
    /// The first of this role and name inside.
    pub async fn see(&self, role: &str, name: impl Into<Name<'_>>) -> Seen<'w> {
        let name = name.into();
        until(&format!("{role} {name:?} inside"), || async move {
            self.window.within(Some(&self.element), role, name).await.into_iter().next()
        })
        .await
    }

    /// What it says.
    pub async fn text(&self) -> String {
        let words = self.window.script("return arguments[0].innerText", vec![reference(&self.element)]).await;
        words.as_str().unwrap_or_default().to_owned()
    }

    /// An attribute, empty when it has none.
    pub async fn attribute(&self, name: &str) -> String {
        self.element.attr(name).await.ok().flatten().unwrap_or_default()
    }

    /// Clicks it.
    pub async fn click(&self) {
        self.element.click().await.unwrap_or_else(|error| panic!("couldn't click: {error}"));
    }

    /// Gives it the keyboard.
    pub async fn focus(&self) {
        self.window.script("arguments[0].focus()", vec![reference(&self.element)]).await;
    }

    /// Its middle in CSS pixels of the page.
    pub async fn middle(&self) -> (i32, i32) {
        let (x, y, width, height) = self.element.rectangle().await.expect("it is on the page");
        #[expect(clippy::cast_possible_truncation, reason = "pixels on a screen")]
        ((x + width / 2.0) as i32, (y + height / 2.0) as i32)
    }

    /// Types into it, a field, in place of what it holds.
    pub async fn write(&self, text: &str) {
        self.fill(text).await.unwrap_or_else(|error| panic!("couldn't type: {error}"));
    }

    async fn fill(&self, text: &str) -> Result<(), CmdError> {
        self.window.client.execute(EMPTY, vec![reference(&self.element)]).await?;
        self.element.send_keys(text).await
    }
}

/// An element as an argument of a script.
fn reference(element: &Element) -> Value {
    json!({ ELEMENT: element.element_id().to_string() })
}
