//! The shape of a resource type: properties to any depth, attributes, constraints, each fact with its source.

/// One resource type such as `ALIYUN::ECS::VPC`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ResourceType {
    pub name: String,
    /// In the order of the source: required first is the reader's business.
    pub properties: Vec<Property>,
    /// No source lists the properties: the type exists, and any property may be one of its own.
    pub properties_unknown: bool,
    pub attributes: Vec<Attribute>,
    /// Has attributes of any name beside the listed ones.
    pub attributes_open: bool,
    /// What `Ref` gives, where a source says so.
    pub reference: Option<Given>,
    /// [`Source::Workspace`] for a type that nobody but a page of the workspace describes, [`Source::Validator`] for one of
    /// which only the attributes are known.
    pub source: Source,
    /// Known from old pages only: the service may no longer offer it.
    pub retired: bool,
}

/// One property, at any depth.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Property {
    pub name: String,
    pub kind: ValueKind,
    pub required: bool,
    /// Who says that it is required.
    pub required_source: Source,
    /// Whether a stack update may change it in place; `None` where no source says.
    pub editable: Option<bool>,
    pub values: Vec<AllowedValue>,
    /// How binding `values` is.
    pub values_source: Source,
    pub default: Option<String>,
    /// Who says what the default is.
    pub default_source: Source,
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// How binding `min` and `max` are.
    pub range_source: Source,
    /// What the number counts, as the source writes it: `GiB`, `seconds`.
    pub unit: Option<String>,
    /// Characters of a string, items of a list.
    pub min_length: Option<u32>,
    pub max_length: Option<u32>,
    /// How binding the lengths are.
    pub length_source: Source,
    /// A regular expression as the source writes it.
    pub pattern: Option<String>,
    /// Beginnings that documentation forbids, such as `http://`.
    pub bad_starts: Vec<String>,
    /// Documentation says that the property is required when one of these holds.
    pub required_if: Vec<Condition>,
    /// Neighbours that documentation forbids beside the property.
    pub not_with: Vec<String>,
    /// Properties of the object, or of the items of a list (or the values of a map) when those are objects.
    pub properties: Vec<Property>,
    /// Kind of a list's items or a map's values, where known.
    pub item_kind: Option<ValueKind>,
    /// Constraints of a list's items (allowed values, lengths …), where the source gives any.
    pub item: Option<Box<Property>>,
    pub retired: bool,
}

/// A neighbour (a property of the same map) has one of some values.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Condition {
    pub property: String,
    pub values: Vec<String>,
}

/// One value a property may take.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AllowedValue {
    /// As written in a template, without quotes.
    pub value: String,
}

/// One attribute that `Fn::GetAtt` can read.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Attribute {
    /// May contain dots.
    pub name: String,
    /// Who knows it.
    pub source: Source,
    /// What it gives, where a source says so.
    pub given: Option<Given>,
}

/// What reading a resource (`Ref`) or one of its attributes gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub kind: ValueKind,
    /// Kind of a list's items.
    pub item_kind: Option<ValueKind>,
    /// May give nothing at all.
    pub nullable: bool,
}

/// The kind of value that a property takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ValueKind {
    String,
    Integer,
    Number,
    Boolean,
    List,
    /// Free keys.
    Map,
    /// Known properties.
    Object,
    #[default]
    Any,
}

/// Where a fact comes from, and so how binding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Source {
    /// The official CDK rejects anything else.
    #[default]
    Enforced,
    /// A documentation page says so.
    Page,
    /// The CDK's own documentation says so.
    CdkDoc,
    /// A page in the user's workspace.
    Workspace,
    /// The offline validator of the official agent (PyPI `iac-code`) knows it.
    Validator,
}

impl ResourceType {
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

impl Property {
    /// The nested property of the object, list item or map value.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }
}

impl ValueKind {
    /// Lower-case name for messages and the JSON export.
    pub fn name(self) -> &'static str {
        match self {
            ValueKind::String => "string",
            ValueKind::Integer => "integer",
            ValueKind::Number => "number",
            ValueKind::Boolean => "boolean",
            ValueKind::List => "list",
            ValueKind::Map => "map",
            ValueKind::Object => "object",
            ValueKind::Any => "any",
        }
    }
}
