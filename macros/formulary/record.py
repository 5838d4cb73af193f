"""What every record of the data is: closed, frozen, and where it matters, aware of its place and its name."""

from collections.abc import Mapping
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Final, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from macros.finding import Refused


def _prose(text: str) -> str:
    if text != text.strip() or "\n" in text.strip("\n") or "  " in text:
        raise Refused("has spare spaces or line breaks; write one line with single spaces")
    return text


_PROSE: Final = AfterValidator(_prose)

# The name of something else in the data.
Text = Annotated[str, Field(min_length=1)]
# Words that somebody chose and readers see.
Prose = Annotated[str, Field(min_length=1), _PROSE]


@cache
def prose_fields(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a record that hold Prose, which readers see, and no name of something else; in the record's order."""

    def is_prose(found: Any) -> bool:
        return _PROSE in getattr(found, "__metadata__", ()) or any(is_prose(each) for each in get_args(found))

    return tuple(name for name, info in model.model_fields.items() if _PROSE in info.metadata or is_prose(info.annotation))


def _flag(text: object) -> bool:
    if text not in ("true", "false"):
        raise Refused(f"'{text}' is neither true nor false; write one of the two")
    return text == "true"


Flag = Annotated[bool, BeforeValidator(_flag)]


class Record(BaseModel):
    """A closed, frozen record: an unknown key is an error, and nothing changes after loading."""

    # The sentence below a field says what its key is for; `editing.schema` reads it, since to read it here takes each command a
    # fifth of a second. For the same reason a record learns to validate when it is first asked to.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Placed(Record):
    """A record that knows where it stands in the data, as file and line; the loader says it in the context of the validation."""

    set_by_loader: ClassVar[tuple[str, ...]] = ("at",)
    _at: tuple[str, int] = PrivateAttr(default=("", 0))

    def model_post_init(self, context: Any, /) -> None:
        """Takes the place from the context: `at`."""
        self._at = (context or {}).get("at", self._at)

    @cached_property
    def at(self) -> tuple[str, int]:
        """Where the record stands: file and line."""
        return self._at


class Filed(Placed):
    """A record that is a whole file, and knows the line of each of its entries."""

    _lines: Mapping[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)

    def model_post_init(self, context: Any, /) -> None:
        """Takes the place from the context, and from its `lines` that of each entry."""
        super().model_post_init(context)
        self._lines = (context or {}).get("lines", self._lines)

    def place(self, *keys: str | int) -> tuple[str, int]:
        """Where an entry stands, or the nearest around it that stands anywhere: file and line."""
        while keys and keys not in self._lines:
            keys = keys[:-1]
        return self.at[0], self._lines.get(keys, self.at[1])


class Named(Placed):
    """A record that knows its own name, too."""

    set_by_loader: ClassVar[tuple[str, ...]] = ("id", "at")
    _id: str = PrivateAttr(default="")

    def model_post_init(self, context: Any, /) -> None:
        """Takes place and name from the context: `at` and `id`."""
        super().model_post_init(context)
        self._id = (context or {}).get("id", self._id)

    @cached_property
    def id(self) -> str:
        """The name of the record, with the file and the folder before it where the same name may stand in several."""
        return self._id
