# pylint: disable=consider-merging-classes-inherited
# Own file: the repairs of the demo story.
