"""What a tree, a proof, a note or a set of facts can be refused for, one sentence each."""

from zhengpin.kernel.errors import DomainError


class DigestMalformed(DomainError):
    """摘要须为 32 字节，请核对数据来源。"""


class FrontierMalformed(DomainError):
    """所存的树前沿已损坏，请由存证账本条目重新计算。"""


class OutsideTree(DomainError):
    """所指条目或规模不在这棵树的范围之内，请核对序号与规模。"""


class InclusionNotProven(DomainError):
    """包含证明不成立：不能证明该条目在此检查点之内。"""


class ConsistencyNotProven(DomainError):
    """一致性证明不成立：不能证明新检查点保留了旧检查点的全部条目。"""


class CheckpointMalformed(DomainError):
    """检查点正文不合 C2SP 格式，请向发布者索取原文。"""


class NoteMalformed(DomainError):
    """签名文本不合 C2SP 格式，请向发布者索取原文。"""


class SignerUnknown(DomainError):
    """签名文本上没有任何受信任公钥的签名，请核对所用的验证公钥。"""


class SignatureBad(DomainError):
    """受信任公钥的签名与正文不符，此文本不可采信。"""


class KeyNameRefused(DomainError):
    """密钥名称不能为空，也不能含有空白、加号或控制字符。"""


class VerifierKeyMalformed(DomainError):
    """验证公钥不合“名称+编号+公钥”的格式或编号不符，请重新取得公钥。"""


class FactRefused(DomainError):
    """存证事实只能是文字、整数、是否、空值及由其组成的列表和以文字为键的映射。"""


class IntegerTooLarge(DomainError):
    """存证事实中的整数绝对值须小于 2 的 53 次方，更大的数请写成文字。"""


class TextMalformed(DomainError):
    """存证事实中的文字含有不完整的字符，请改正后再记。"""
