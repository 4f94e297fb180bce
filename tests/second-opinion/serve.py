"""Answers with what the validator of the package `iac-code` says about templates.

Reads one JSON object a line, {"text": …}, and writes one a line:
{"findings": [{"code", "severity", "line", "end_line", "path", "summary", "detail"}]}, or {"failure": …} where the
validator itself raised an error. Lines count from 1; `path` is a list of keys and indexes.
"""

import json
import sys

from iac_code.tools.cloud.aliyun.ros_validation.model import (
    MaterializedTemplateSource,
    RequestValidationContext,
    SequenceIndexSegment,
    SyntheticSegment,
    ValidationPolicy,
)
from iac_code.tools.cloud.aliyun.ros_validation.validator import validate_ros_template

REQUEST = RequestValidationContext(action="ValidateTemplate")


def plain(segment):
    if isinstance(segment, SequenceIndexSegment):
        return segment.index
    if isinstance(segment, SyntheticSegment):
        return "@" + segment.transform_kind
    return str(segment.value)


def finding(found):
    span = found.source_span
    return {
        "code": found.code,
        "severity": found.severity.value,
        "line": span.line if span else 0,
        "end_line": span.end_line if span else 0,
        "path": [plain(segment) for segment in found.path],
        "summary": found.summary,
        "detail": found.detail,
    }


def answer(question):
    source = MaterializedTemplateSource(text=question["text"])
    try:
        report = validate_ros_template(source, REQUEST, policy=ValidationPolicy.STRICT)
    except Exception as error:  # What the validator cannot bear is a fact about it, not the end of the test.
        return {"failure": "{}: {}".format(type(error).__name__, error)}
    return {"findings": [finding(found) for found in report.diagnostics]}


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
