//! Functions that make or take apart texts.

use super::super::doc::Doc;
use super::{Argument, ArgumentKind, Arguments, Function, Places, Returns};

pub(super) static JOIN: Function = Function {
    name: "Fn::Join",
    tag: "!Join",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "delimiter",
                ArgumentKind::String,
                "What stands between two pieces; may be empty.",
                "各段之间的分隔符，可以为空。",
            ),
            Argument::new(
                "pieces",
                ArgumentKind::List,
                "The texts to join.",
                "要连接的文本列表。",
            ),
        ],
        required: 2,
    },
    returns: Returns::String,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "The texts of a list in a row, with a delimiter between them.",
        "用分隔符把列表中的文本连接起来。",
    ),
    example: "Fn::Join: ['-', [web, {Ref: Environment}]]",
    tag_example: "!Join ['-', [web, !Ref Environment]]",
};

pub(super) static SPLIT: Function = Function {
    name: "Fn::Split",
    tag: "!Split",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "delimiter",
                ArgumentKind::String,
                "What divides the pieces.",
                "分隔符。",
            ),
            Argument::new(
                "text",
                ArgumentKind::String,
                "The text to take apart.",
                "要拆分的文本。",
            ),
        ],
        required: 2,
    },
    returns: Returns::List,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "The pieces of a text between delimiters, as a list.",
        "按分隔符把文本拆成列表。",
    ),
    example: "Fn::Split: [';', {Ref: Addresses}]",
    tag_example: "!Split [';', !Ref Addresses]",
};

pub(super) static REPLACE: Function = Function {
    name: "Fn::Replace",
    tag: "!Replace",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "replacements",
                ArgumentKind::Map,
                "Old text to new text.",
                "旧文本到新文本的对应。",
            ),
            Argument::new(
                "text",
                ArgumentKind::String,
                "The text to change.",
                "要修改的文本。",
            ),
        ],
        required: 2,
    },
    returns: Returns::String,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "A text with parts of it replaced. The keys of the map are looked for as they stand; `${…}` means nothing \
         here.",
        "替换文本中的内容。按对象的键原样查找，`${…}` 在此没有特殊含义。",
    ),
    example: "Fn::Replace: [{$port: {Ref: Port}}, 'listen $port;']",
    tag_example: "!Replace [{$port: !Ref Port}, 'listen $port;']",
};

pub(super) static BASE64_ENCODE: Function = Function {
    name: "Fn::Base64Encode",
    tag: "!Base64Encode",
    arguments: Arguments::One(Argument::new(
        "text",
        ArgumentKind::String,
        "The text to encode.",
        "要编码的文本。",
    )),
    returns: Returns::String,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new("A text in Base64.", "文本的 Base64 编码。"),
    example: "Fn::Base64Encode: {Ref: Script}",
    tag_example: "!Base64Encode {Ref: Script}",
};

pub(super) static BASE64_DECODE: Function = Function {
    name: "Fn::Base64Decode",
    tag: "!Base64Decode",
    arguments: Arguments::One(Argument::new(
        "text",
        ArgumentKind::String,
        "The text in Base64.",
        "Base64 编码的文本。",
    )),
    returns: Returns::String,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new("The text that a Base64 text stands for.", "解码 Base64 文本。"),
    example: "Fn::Base64Decode: {Fn::GetAtt: [Command, Output]}",
    tag_example: "!Base64Decode {Fn::GetAtt: [Command, Output]}",
};

pub(super) static STR: Function = Function {
    name: "Fn::Str",
    tag: "!Str",
    arguments: Arguments::One(Argument::new(
        "value",
        ArgumentKind::Any,
        "The value, mostly a number.",
        "要转换的值，通常是数字。",
    )),
    returns: Returns::String,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new("A number as text.", "把数字转换为文本。"),
    example: "Fn::Str: {Ref: Port}",
    tag_example: "!Str {Ref: Port}",
};

pub(super) static INDENT: Function = Function {
    name: "Fn::Indent",
    tag: "!Indent",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "text",
                ArgumentKind::String,
                "The text to indent.",
                "要缩进的文本。",
            ),
            Argument::new(
                "level",
                ArgumentKind::Integer,
                "How many levels, 0 to 20.",
                "缩进级数，0 到 20。",
            )
            .range(0, 20),
            Argument::new(
                "size",
                ArgumentKind::Integer,
                "Spaces of a level, 0 to 4; 2 if left out.",
                "每级的空格数，0 到 4，省略时为 2。",
            )
            .range(0, 4),
            Argument::new(
                "firstLine",
                ArgumentKind::Boolean,
                "Whether to indent the first line as well; yes if left out.",
                "是否缩进首行，省略时缩进。",
            ),
        ],
        required: 2,
    },
    returns: Returns::String,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "A text with its lines moved to the right, to fit into another one, such as a file inside a YAML document.",
        "把文本的各行向右缩进，便于嵌入其他文本，例如 YAML 文档中的文件内容。",
    ),
    example: "Fn::Indent: [{Ref: Script}, 2]",
    tag_example: "!Indent [!Ref Script, 2]",
};

pub(super) static FORMAT_TIME: Function = Function {
    name: "Fn::FormatTime",
    tag: "!FormatTime",
    arguments: Arguments::OneOrList {
        one: FORMAT,
        items: &[
            FORMAT,
            Argument::new(
                "timeZone",
                ArgumentKind::String,
                "Such as `Asia/Shanghai`; UTC if left out.",
                "例如 `Asia/Shanghai`，省略时为 UTC。",
            ),
        ],
        required: 1,
    },
    returns: Returns::String,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "The present time as text, in the fields of `strftime`.",
        "以 `strftime` 的格式得到当前时间的文本。",
    ),
    example: "Fn::FormatTime: ['%Y-%m-%d', Asia/Shanghai]",
    tag_example: "!FormatTime ['%Y-%m-%d', Asia/Shanghai]",
};

const FORMAT: Argument = Argument::new(
    "format",
    ArgumentKind::String,
    "Fields such as `%Y-%m-%d`.",
    "时间格式，例如 `%Y-%m-%d`。",
);
