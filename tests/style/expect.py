"""What the tests of the checks share: a check applied to a small tree."""

import unittest

from tree import Tree


class CheckTest(unittest.TestCase):
    """Compares what a check reports with the `path:line` places that it must report."""

    def assert_reports(self, check, files, places, found=""):
        findings = check(Tree(files))
        self.assertEqual(sorted(f"{finding.path}:{finding.line}" for finding in findings),
                         sorted(places), "\n".join(map(str, findings)))
        for finding in findings:
            self.assertTrue(finding.found and finding.rule and finding.fix)
        if found:
            self.assertIn(found, "\n".join(finding.found for finding in findings))

    def assert_clean(self, check, files):
        self.assert_reports(check, files, [])
