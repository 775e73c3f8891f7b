"""What a decision is refused for, one sentence each."""

from zhengpin.kernel.errors import DomainError


class PanelEven(DomainError):
    """参加表决的人数是双数：请增减一人，单数才能形成多数。"""


class PanelEmpty(DomainError):
    """没有写明由谁决定：请选择审批人或者参加表决的人。"""


class PanelistTwice(DomainError):
    """同一个人列了两次：请每人只列一次。"""


class PanelistWithoutDuty(DomainError):
    """所选的人没有审批职责：请另选有职责的人。"""


class PanelistOutOfReach(DomainError):
    """所选的人不在本地区或者上级地区任职，或者已经离任：请另选一人。"""


class OwnApplication(DomainError):
    """提请人不能决定自己提请的事项：请另选一人。"""


class PanelistConflicted(DomainError):
    """所选的人办理过这一事项，依回避的要求不能参加决定：请另选一人。"""


class QuestionMissing(DomainError):
    """没有写明要决定什么：请填写后再提交。"""


class NotYourMatter(DomainError):
    """所涉事项不由您的单位承办，或者已经办结：请由承办单位在办结之前提请。"""


class NotOnPanel(DomainError):
    """您不在参加决定的人员之中。"""


class DeclaredAlready(DomainError):
    """您已经声明过是否回避：不能再改，情况有变的请提请人换人。"""


class ConflictUnexplained(DomainError):
    """声明回避要写明理由：请填写后再提交。"""


class DeclaringOver(DomainError):
    """声明回避的阶段已经过去，或者提请已经撤回：请刷新页面，看现在可以办理什么。"""


class NotTheApplicant(DomainError):
    """更换参加决定的人由提请人办理：请告知提请人。"""


class NothingToReplace(DomainError):
    """这个人没有声明回避：声明回避的人才能更换。"""


class NotVotingYet(DomainError):
    """现在不能表决：要等每个人都声明没有需要回避的情形；已经撤回或者作出决定的，不再表决。"""


class VotedAlready(DomainError):
    """您已经表决：表决不能更改。"""


class VoteUnexplained(DomainError):
    """表决要写明理由：请填写后再提交。"""
