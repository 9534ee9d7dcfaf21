"""An identity in words: what `doctor` says of it."""

from automation.workbooks.google.wire.identity import Identity, Kind

WAYS = {
    Kind.KEY: "Kunci akun layanan: {}",
    Kind.IMPERSONATED: "Akun layanan yang disamarkan menurut {}",
    Kind.WORKLOAD: "Workload identity menurut {}",
    Kind.WORKFORCE: "Workforce identity menurut {}",
    Kind.MACHINE: "Identitas komputer ini sendiri",
}


def who(identity: Identity) -> str:
    """The login, and whom the spreadsheet is to be shared with."""
    if identity.kind is Kind.LOGIN:
        return (
            f"Login Google dari {identity.file}; spreadsheet harus dapat disunting oleh akun yang "
            "dipakai saat `login`."
        )
    way = WAYS[identity.kind].format(identity.file)
    if identity.address is None:
        return f"{way}, tanpa alamat akun layanan."
    return f"{way}; spreadsheet dibagikan kepada {identity.address}."
