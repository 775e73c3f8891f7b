from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "zhengpin.base.ledger"
    label = "ledger"
    verbose_name = "存证账本"
