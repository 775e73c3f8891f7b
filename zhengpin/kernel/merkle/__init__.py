"""存证账本的树: what lets an outsider check a ledger without trusting its owner.

Owns the digest of an entry (RFC 8785), the Merkle tree over entries with its inclusion and
consistency proofs (RFC 9162), and the signed head of the tree (C2SP tlog-checkpoint in a
signed-note with Ed25519). Does not own entries, keys, storage, the sealing job or the clock: it
knows values only. Invariant: one value has one form. Every checkpoint, key and set of facts has
exactly one text that is accepted, and everything else is refused with a named error. Whoever
checks takes size and root from the same opened checkpoint, computes the leaf from the entry
itself, and keeps the checkpoint for the next consistency proof.
"""

from zhengpin.kernel.merkle.checkpoints import Checkpoint, format_checkpoint, parse_checkpoint
from zhengpin.kernel.merkle.entries import canonical_json, entry_digest
from zhengpin.kernel.merkle.errors import (
    CheckpointMalformed,
    ConsistencyNotProven,
    DigestMalformed,
    FactRefused,
    FrontierMalformed,
    InclusionNotProven,
    IntegerTooLarge,
    KeyNameRefused,
    NoteMalformed,
    OutsideTree,
    SignatureBad,
    SignerUnknown,
    TextMalformed,
    VerifierKeyMalformed,
)
from zhengpin.kernel.merkle.notes import (
    Verifier,
    open_note,
    parse_verifier_key,
    sign_note,
    verifier_key,
)
from zhengpin.kernel.merkle.proofs import (
    StoredNodes,
    consistency_nodes,
    consistency_proof,
    inclusion_nodes,
    inclusion_proof,
    nodes_from_leaves,
    verify_consistency,
    verify_inclusion,
)
from zhengpin.kernel.merkle.tree import (
    EMPTY_ROOT,
    Frontier,
    Node,
    Position,
    leaf_hash,
    node_hash,
    nodes_completed_by,
    root_of,
)

__all__ = [
    "EMPTY_ROOT",
    "Checkpoint",
    "CheckpointMalformed",
    "ConsistencyNotProven",
    "DigestMalformed",
    "FactRefused",
    "Frontier",
    "FrontierMalformed",
    "InclusionNotProven",
    "IntegerTooLarge",
    "KeyNameRefused",
    "Node",
    "NoteMalformed",
    "OutsideTree",
    "Position",
    "SignatureBad",
    "SignerUnknown",
    "StoredNodes",
    "TextMalformed",
    "Verifier",
    "VerifierKeyMalformed",
    "canonical_json",
    "consistency_nodes",
    "consistency_proof",
    "entry_digest",
    "format_checkpoint",
    "inclusion_nodes",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "nodes_completed_by",
    "nodes_from_leaves",
    "open_note",
    "parse_checkpoint",
    "parse_verifier_key",
    "root_of",
    "sign_note",
    "verifier_key",
    "verify_consistency",
    "verify_inclusion",
]
