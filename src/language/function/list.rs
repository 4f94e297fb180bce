//! Functions on lists and maps.

use super::super::doc::Doc;
use super::{Argument, ArgumentKind, Arguments, Function, Places, Returns};

pub(super) static SELECT: Function = Function {
    name: "Fn::Select",
    tag: "!Select",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "selector",
                ArgumentKind::Selector,
                "An index from 0 (negative: from the end), a range `start:stop` or `start:stop:step`, or a key.",
                "从 0 开始的序号（负数从末尾数起），范围 `start:stop` 或 `start:stop:step`，或者键。",
            ),
            Argument::new(
                "collection",
                ArgumentKind::Collection,
                "A list, a map, or a text with commas.",
                "列表、对象或逗号分隔的文本。",
            ),
            Argument::new(
                "default",
                ArgumentKind::Any,
                "The result if there is no such item; an empty text if left out.",
                "没有该项时的结果，省略时为空文本。",
            ),
        ],
        required: 2,
    },
    returns: Returns::Any,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "One item of a list or map, or a part of a list.",
        "取列表或对象中的一项，或列表的一部分。",
    ),
    example: "Fn::Select: [0, {Fn::GetAZs: {Ref: ALIYUN::Region}}]",
    tag_example: "!Select [0, {Fn::GetAZs: {Ref: ALIYUN::Region}}]",
};

pub(super) static LENGTH: Function = Function {
    name: "Fn::Length",
    tag: "!Length",
    arguments: Arguments::One(Argument::new(
        "value",
        ArgumentKind::Collection,
        "A list, a map or a text.",
        "列表、对象或文本。",
    )),
    returns: Returns::Integer,
    places: Places::VALUES.and(Places::COUNT),
    documented: true,
    doc: Doc::new(
        "The number of items of a list or map, or of characters of a text.",
        "列表或对象的项数，或文本的字符数。",
    ),
    example: "Fn::Length: {Ref: Users}",
    tag_example: "!Length {Ref: Users}",
};

pub(super) static INDEX: Function = Function {
    name: "Fn::Index",
    tag: "!Index",
    arguments: Arguments::List {
        items: &[
            Argument::new("item", ArgumentKind::Any, "What to look for.", "要查找的项。"),
            Argument::new("list", ArgumentKind::List, "Where to look.", "要查找的列表。"),
        ],
        required: 2,
    },
    returns: Returns::Integer,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "The place of an item in a list, counted from 0; nothing if it isn't there.",
        "某项在列表中的位置，从 0 开始；不存在时为空。",
    ),
    example: "Fn::Index: [b, [a, b, c]]",
    tag_example: "!Index [b, [a, b, c]]",
};

pub(super) static JQ: Function = Function {
    name: "Fn::Jq",
    tag: "!Jq",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "method",
                ArgumentKind::String,
                "`First` for the first result, `All` for a list of all.",
                "`First` 取第一个结果，`All` 取全部结果的列表。",
            )
            .values(&["First", "All"]),
            Argument::new("script", ArgumentKind::String, "A jq program.", "jq 表达式。"),
            Argument::new(
                "input",
                ArgumentKind::Any,
                "A map, a list, or JSON text.",
                "对象、列表或 JSON 文本。",
            ),
        ],
        required: 3,
    },
    returns: Returns::Any,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "What a jq program finds in a value: for reading deep into data sources and JSON texts.",
        "用 jq 表达式从值中取数据，适合读取数据源和 JSON 文本的深层内容。",
    ),
    example: "Fn::Jq: [First, '.[0].ZoneId', {Fn::GetAtt: [Instances, Instances]}]",
    tag_example: "!Jq [First, '.[0].ZoneId', !GetAtt Instances.Instances]",
};

pub(super) static GET_JSON_VALUE: Function = Function {
    name: "Fn::GetJsonValue",
    tag: "!GetJsonValue",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "key",
                ArgumentKind::String,
                "A key of the outermost object.",
                "最外层对象的键。",
            ),
            Argument::new("json", ArgumentKind::Any, "JSON text.", "JSON 文本。"),
        ],
        required: 2,
    },
    returns: Returns::Any,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "A value from JSON text, found by its key. Only the outermost keys can be reached; `Fn::Jq` goes deeper.",
        "按键从 JSON 文本中取值。只能取最外层的键，更深层用 `Fn::Jq`。",
    ),
    example: "Fn::GetJsonValue: [token, {Fn::GetAtt: [WaitForInit, Data]}]",
    tag_example: "!GetJsonValue [token, !GetAtt WaitForInit.Data]",
};

pub(super) static LIST_MERGE: Function = Function {
    name: "Fn::ListMerge",
    tag: "!ListMerge",
    arguments: Arguments::Many {
        item: Argument::new("list", ArgumentKind::List, "A list.", "一个列表。"),
        least: 1,
    },
    returns: Returns::List,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new("Several lists as one.", "把多个列表合并为一个。"),
    example: "Fn::ListMerge: [{Ref: Masters}, {Ref: Workers}]",
    tag_example: "!ListMerge [!Ref Masters, !Ref Workers]",
};

pub(super) static SELECT_MAP_LIST: Function = Function {
    name: "Fn::SelectMapList",
    tag: "!SelectMapList",
    arguments: Arguments::List {
        items: &[
            Argument::new("key", ArgumentKind::String, "The key to read.", "要读取的键。"),
            Argument::new("maps", ArgumentKind::List, "A list of maps.", "对象列表。"),
        ],
        required: 2,
    },
    returns: Returns::List,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "The values that the maps of a list have under one key. Maps without the key are passed over.",
        "取列表中各对象在同一键下的值，没有该键的对象会被跳过。",
    ),
    example: "Fn::SelectMapList: [Address, {Ref: Servers}]",
    tag_example: "!SelectMapList [Address, !Ref Servers]",
};

pub(super) static MERGE_MAP_TO_LIST: Function = Function {
    name: "Fn::MergeMapToList",
    tag: "!MergeMapToList",
    arguments: Arguments::Many {
        item: Argument::new(
            "map",
            ArgumentKind::Map,
            "A map from a key to a list of values.",
            "键对应值列表的对象。",
        ),
        least: 1,
    },
    returns: Returns::List,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "A list of maps, built from a list of values for each key. A list that is too short repeats its last value.",
        "由每个键的值列表组成对象列表，较短的列表重复最后一个值。",
    ),
    example: "Fn::MergeMapToList: [{Name: [a, b]}, {Port: [80, 81]}]",
    tag_example: "!MergeMapToList [{Name: [a, b]}, {Port: [80, 81]}]",
};

pub(super) static CIDR: Function = Function {
    name: "Fn::Cidr",
    tag: "!Cidr",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "block",
                ArgumentKind::String,
                "The address block to divide.",
                "要划分的网段。",
            ),
            Argument::new(
                "count",
                ArgumentKind::Integer,
                "How many blocks to make, 1 to 256.",
                "划分出的网段数，1 到 256。",
            )
            .range(1, 256),
            Argument::new(
                "hostBits",
                ArgumentKind::Integer,
                "Bits for the addresses of each block, 1 to 32: 8 makes a /24.",
                "每个网段的主机位数，1 到 32，8 得到 /24。",
            )
            .range(1, 32),
        ],
        required: 3,
    },
    returns: Returns::List,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "Smaller address blocks out of a large one, as a list.",
        "把一个大网段划分为若干小网段的列表。",
    ),
    example: "Fn::Cidr: [192.168.0.0/16, 4, 8]",
    tag_example: "!Cidr [192.168.0.0/16, 4, 8]",
};
