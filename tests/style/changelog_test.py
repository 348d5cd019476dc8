#!/usr/bin/env -S python3 -B
import unittest

from changelog import check
from expect import CheckTest


class ChangelogTest(CheckTest):

    def test_accepts_unreleased_and_version_headings(self):
        for heading in ("## Unreleased", "## [Unreleased]", "## 0.1.0", "## [0.1.0] - 2026-10-01",
                        "## v1.2.3-rc.1"):
            self.assert_clean(check, {"CHANGELOG.md": f"# Changelog\n\n{heading}\n\n- x\n"})

    def test_reports_a_missing_file(self):
        self.assert_reports(check, {"README.md": ""}, ["CHANGELOG.md:1"], "no such file")

    def test_reports_a_file_without_a_version(self):
        for text in ("", "# Changelog\n", "# Unreleased\n", "## Next\n", "Unreleased\n"):
            self.assert_reports(check, {"CHANGELOG.md": text}, ["CHANGELOG.md:1"], "no heading")


if __name__ == "__main__":
    unittest.main()
